/**
 * Sessions with their refresh tokens, access tokens (RFC 9068), and the check on each request that
 * a token has not been revoked.
 */
package io.satchel.auth.tokens;
