package io.satchel.auth;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The parameters of a request for tokens, of which each grant takes some. */
@Schema(name = "TokenRequest", requiredProperties = "grant_type")
record TokenRequest(
    @Schema(
            enumeration = {"password", "refresh_token"},
            examples = "password")
        String grantType,
    @Schema(
            description = "With the grant password: the e-mail address or the username.",
            examples = "deadpool@example.com")
        String username,
    @Schema(
            description = "With the grant password.",
            format = "password",
            examples = "chimichangas4life")
        String password,
    @Schema(
            description = "With the grant refresh_token.",
            examples = "mgBCdzL6SUaNnJtmSrPIpnJlZnJlc2ggdG9rZW5zIGFyZSBvbmUgdXNlIGVhY2g_")
        String refreshToken) {}
