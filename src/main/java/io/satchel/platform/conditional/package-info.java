/**
 * Conditional requests (RFC 9110, section 13): responses with an ETag, 304 for a client that has
 * the current representation, and 412 for one that has an outdated one.
 */
package io.satchel.platform.conditional;
