package io.satchel.login;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.auth.attempts.PasswordVerifier;
import io.satchel.auth.passwords.PasswordHash;
import io.satchel.auth.tokens.RefreshToken;
import io.satchel.login.OAuthException.OAuthError;
import io.satchel.platform.problems.ProblemException;
import io.satchel.users.User;
import io.smallrye.common.annotation.RunOnVirtualThread;
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

@RunOnVirtualThread
@Path("/token")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
@Tag(
    name = "tokens",
    description =
        "Log in, refresh and revoke tokens (OAuth 2.0), and get the keys that verify access tokens.")
@SecurityScheme(
    securitySchemeName = "oauth2",
    type = SecuritySchemeType.OAUTH2,
    description = "Log in with an e-mail address or a username, and a password.",
    flows = @OAuthFlows(password = @OAuthFlow(tokenUrl = "/token", refreshUrl = "/token")))
class TokenResource {

  /** RFC 6749, section 5.1, requires it in addition to Cache-Control. */
  private static final String PRAGMA = "Pragma";

  @Inject PasswordVerifier passwords;
  @Inject TokenService tokens;

  @POST
  @PermitAll
  @Operation(
      operationId = "issueToken",
      summary = "Log in, or refresh the tokens",
      description =
          "Issues an access token and a refresh token, for a login and a password or for a refresh"
              + " token. Anyone may call it. Each refresh token can be used once: using it again,"
              + " later than a few seconds, revokes all tokens of the same log-in. Repeated"
              + " failures are throttled with 429.")
  @RequestBody(content = @Content(schema = @Schema(implementation = TokenRequest.class)))
  @APIResponseSchema(value = TokenResponse.class, responseCode = "200")
  @APIResponse(
      responseCode = "400",
      description = "The reason why no token is issued (RFC 6749, section 5.2).",
      content = @Content(schema = @Schema(implementation = OAuthError.class)))
  public RestResponse<TokenResponse> issue(String body) {
    FormParameters form = FormParameters.parse(body);
    TokenResponse response =
        switch (form.get("grant_type")) {
          case "password" -> logIn(form.get("username"), form.get("password"));
          case "refresh_token" -> refresh(form.get("refresh_token"));
          default -> throw OAuthException.unsupportedGrantType();
        };
    return ResponseBuilder.ok(response).header(PRAGMA, "no-cache").build();
  }

  @POST
  @Path("revoke")
  @PermitAll
  @Operation(
      operationId = "revokeToken",
      summary = "Log out",
      description =
          "Revokes a refresh token or an access token, and all other tokens of the same log-in."
              + " Anyone who has a token may revoke it. The response is the same if the token is not"
              + " valid.")
  @RequestBody(content = @Content(schema = @Schema(implementation = RevocationRequest.class)))
  @APIResponse(responseCode = "200", description = "The token was revoked, or was not valid.")
  @APIResponse(
      responseCode = "400",
      description = "The reason why no token is revoked (RFC 6749, section 5.2).",
      content = @Content(schema = @Schema(implementation = OAuthError.class)))
  public RestResponse<Void> revoke(String body) {
    tokens.revoke(FormParameters.parse(body).get("token"));
    return RestResponse.ok();
  }

  private TokenResponse logIn(String login, String password) {
    User user = verify(login, password);
    TokenResponse response =
        tokens
            .logIn(user)
            .or(() -> tokens.logIn(verify(login, password))) // The user was changed meanwhile.
            .orElseThrow(TokenResource::wrongLogin);
    rehashIfOutdated(user, password);
    return response;
  }

  /** Hashes a verified password again if its hash has outdated parameters. */
  private static void rehashIfOutdated(User user, String password) {
    if (PasswordHash.isOutdated(user.passwordHash)) {
      try {
        String hash = PasswordHash.of(password);
        QuarkusTransaction.requiringNew()
            .run(() -> User.replacePasswordHash(user.id, user.passwordHash, hash));
      } catch (ProblemException e) {
        // There is no capacity for a hash now. The next log-in tries again.
      }
    }
  }

  private User verify(String login, String password) {
    PasswordHash.requireCapacity();
    Optional<User> user = QuarkusTransaction.requiringNew().call(() -> User.findByLogin(login));
    if (!passwords.verifyLogin(user.map(User::credentials), login, password)) {
      throw wrongLogin();
    }
    return user.orElseThrow();
  }

  private static OAuthException wrongLogin() {
    return OAuthException.invalidGrant("The login or the password is wrong");
  }

  private TokenResponse refresh(String token) {
    return RefreshToken.parse(token)
        .flatMap(tokens::refresh)
        .orElseThrow(() -> OAuthException.invalidGrant("The refresh token is not valid"));
  }

  @ServerExceptionMapper
  RestResponse<OAuthError> error(OAuthException e) {
    return ResponseBuilder.create(RestResponse.Status.BAD_REQUEST, e.body())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(PRAGMA, "no-cache")
        .build();
  }
}
