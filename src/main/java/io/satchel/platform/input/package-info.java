/**
 * Strict reading of JSON bodies and parameters. All errors of a request are collected and reported
 * at once, together with those of Bean Validation. {@link
 * io.satchel.platform.input.RejectInvalidInput} enables this for a resource.
 */
package io.satchel.platform.input;
