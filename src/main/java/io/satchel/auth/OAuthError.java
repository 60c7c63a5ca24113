package io.satchel.auth;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.Serial;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why no token is issued, in OAuth's words (RFC 6749, section 5.2). Thrown, it ends the request.
 */
final class OAuthError extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  /** The error as it is sent. */
  @Schema(name = "OAuthError")
  @RegisterForReflection // which is written outside of a resource
  record Body(
      @Schema(examples = "invalid_grant") String error,
      @Schema(
              description = "What went wrong, for the developer of the client.",
              examples = "The login or the password is wrong")
          String errorDescription) {}

  private final String error;

  private OAuthError(String error, String description) {
    super(description, null, false, false); // an answer and no fault of the program
    this.error = error;
  }

  static OAuthError invalidRequest(String description) {
    return new OAuthError("invalid_request", description);
  }

  static OAuthError invalidGrant(String description) {
    return new OAuthError("invalid_grant", description);
  }

  static OAuthError unsupportedGrantType() {
    return new OAuthError("unsupported_grant_type", "grant_type must be password or refresh_token");
  }

  Body body() {
    return new Body(error, getMessage());
  }
}
