package io.satchel.login;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A successful token response (RFC 6749, section 5.1). */
@Schema(name = "Tokens")
record TokenResponse(
    @Schema(
            description = "To be sent with each request in the Authorization header (Bearer).",
            examples = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl")
        String accessToken,
    @Schema(examples = "bearer") String tokenType,
    @Schema(description = "The lifetime of the access token in seconds.", examples = "900")
        long expiresIn,
    @Schema(
            description = "Can be used once, to get the next tokens.",
            examples = "mgBCdzL6SUaNnJtmSrPIpnJlZnJlc2ggdG9rZW5zIGFyZSBvbmUgdXNlIGVhY2g_")
        String refreshToken) {

  @Override
  public String toString() { // Without the tokens.
    return "TokenResponse";
  }
}
