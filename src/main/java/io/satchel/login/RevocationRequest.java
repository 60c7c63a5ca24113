package io.satchel.login;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The parameters of a revocation request (RFC 7009, section 2.1), for the OpenAPI description. */
@Schema(name = "RevocationRequest", requiredProperties = "token")
record RevocationRequest(
    @Schema(
            minLength = 1,
            description = "A refresh token or an access token.",
            examples = "mgBCdzL6SUaNnJtmSrPIpnJlZnJlc2ggdG9rZW5zIGFyZSBvbmUgdXNlIGVhY2g_")
        String token) {}
