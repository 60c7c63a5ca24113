/** A filter and a listener of the log. */
package io.satchel.platform.logging;
