package io.satchel.auth;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a log-in, or a refresh, is answered with (RFC 6749, section 5.1). */
@Schema(name = "Tokens")
record Tokens(
    @Schema(
            description = "To be sent with each request, as Authorization: Bearer.",
            examples = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl")
        String accessToken,
    @Schema(examples = "bearer") String tokenType,
    @Schema(description = "How long the access token is good for, in seconds.", examples = "900")
        long expiresIn,
    @Schema(
            description = "Gets the next tokens, once.",
            examples = "mgBCdzL6SUaNnJtmSrPIpnJlZnJlc2ggdG9rZW5zIGFyZSBvbmUgdXNlIGVhY2g_")
        String refreshToken) {

  @Override
  public String toString() { // without what is secret
    return "Tokens";
  }
}
