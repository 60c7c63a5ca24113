package io.satchel.auth;

import io.satchel.http.Description;
import io.satchel.http.RefuseFaults;
import io.satchel.passwords.Password;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.OAuthFlow;
import org.eclipse.microprofile.openapi.annotations.security.OAuthFlows;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** OAuth's token endpoint (RFC 6749) and revocation endpoint (RFC 7009), for clients of our own. */
@Path("/token")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
@RefuseFaults
@Tag(name = "tokens")
@SecurityScheme(
    securitySchemeName = Description.SECURITY_SCHEME,
    type = SecuritySchemeType.OAUTH2,
    description = "Log in with an e-mail address or a username, and a password.",
    flows = @OAuthFlows(password = @OAuthFlow(tokenUrl = "/token", refreshUrl = "/token")))
class TokensResource {

  /** Asked for besides Cache-Control, by RFC 6749, section 5.1. */
  private static final String PRAGMA = "Pragma";

  @Inject Accounts accounts;
  @Inject PasswordCheck passwords;
  @Inject TokenFamilies families;

  @POST
  @PermitAll
  @Operation(operationId = "issueToken", summary = "Log in, or get the next tokens")
  @RequestBody(content = @Content(schema = @Schema(implementation = TokenRequest.class)))
  @APIResponseSchema(value = Tokens.class, responseCode = "200")
  @APIResponse(
      responseCode = "400",
      description = "Why no token is issued (RFC 6749, section 5.2).",
      content = @Content(schema = @Schema(implementation = OAuthError.Body.class)))
  public RestResponse<Tokens> issue(String body) {
    Form form = Form.parse(body);
    Tokens tokens =
        switch (form.get("grant_type")) {
          case "password" -> logIn(form.get("username"), form.get("password"));
          case "refresh_token" -> refresh(form.get("refresh_token"));
          default -> throw OAuthError.unsupportedGrantType();
        };
    return ResponseBuilder.ok(tokens).header(PRAGMA, "no-cache").build();
  }

  @POST
  @Path("revoke")
  @PermitAll
  @Operation(operationId = "revokeToken", summary = "End a token, and all of the same log-in")
  @RequestBody(content = @Content(schema = @Schema(implementation = RevocationRequest.class)))
  @APIResponse(responseCode = "200", description = "It has ended, or is none.")
  @APIResponse(
      responseCode = "400",
      description = "Why no token is ended (RFC 6749, section 5.2).",
      content = @Content(schema = @Schema(implementation = OAuthError.Body.class)))
  public RestResponse<Void> revoke(String body) {
    families.end(Form.parse(body).get("token"));
    return RestResponse.ok();
  }

  private Tokens logIn(String login, String password) {
    Account account = check(login, password);
    Tokens tokens =
        families
            .start(account)
            .or(() -> families.start(check(login, password))) // as it has been changed meanwhile
            .orElseThrow(TokensResource::wrongLogin);
    passwords.renew(account, password);
    return tokens;
  }

  private Account check(String login, String password) {
    Password.requireRoom();
    Optional<Account> account = accounts.withLogin(login);
    if (!passwords.logsIn(account, login, password)) {
      throw wrongLogin();
    }
    return account.orElseThrow();
  }

  private static OAuthError wrongLogin() {
    return OAuthError.invalidGrant("The login or the password is wrong");
  }

  private Tokens refresh(String token) {
    return RefreshToken.parse(token)
        .flatMap(families::refresh)
        .orElseThrow(() -> OAuthError.invalidGrant("The refresh token is not good any more"));
  }

  @ServerExceptionMapper
  RestResponse<OAuthError.Body> refused(OAuthError e) {
    return ResponseBuilder.create(RestResponse.Status.BAD_REQUEST, e.body())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(PRAGMA, "no-cache")
        .build();
  }
}
