/**
 * OAuth's token endpoint (RFC 6749) and revocation endpoint (RFC 7009), access tokens (RFC 9068),
 * and the check on each request that a token has not been revoked (ADR 8, ADR 9).
 */
package io.satchel.auth.tokens;
