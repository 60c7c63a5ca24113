/**
 * OAuth's token and revocation endpoints (RFC 6749, RFC 7009), and the verification of passwords:
 * failed attempts are throttled by user and by address.
 */
package io.satchel.login;
