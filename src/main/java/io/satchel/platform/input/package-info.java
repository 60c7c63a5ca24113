/**
 * Strict reading of JSON bodies and parameters. {@link
 * io.satchel.platform.input.RejectInvalidInput} enables it for a resource. All errors of a request
 * are reported at once.
 */
package io.satchel.platform.input;
