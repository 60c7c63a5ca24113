/** Message digests and authentication codes, for values that are not passwords. */
package io.satchel.platform.crypto;
