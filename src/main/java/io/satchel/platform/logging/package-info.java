/** A filter of the log. */
package io.satchel.platform.logging;
