package io.satchel.login;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The parameters of a token request (RFC 6749), for the OpenAPI description. */
@Schema(name = "TokenRequest", requiredProperties = "grant_type")
record TokenRequest(
    @Schema(
            enumeration = {"password", "refresh_token"},
            examples = "password")
        String grantType,
    @Schema(
            description = "For the grant type password: the e-mail address or the username.",
            examples = "deadpool@example.com")
        String username,
    @Schema(
            description = "For the grant type password.",
            format = "password",
            examples = "chimichangas4life")
        String password,
    @Schema(
            description = "For the grant type refresh_token.",
            examples = "mgBCdzL6SUaNnJtmSrPIpnJlZnJlc2ggdG9rZW5zIGFyZSBvbmUgdXNlIGVhY2g_")
        String refreshToken) {}
