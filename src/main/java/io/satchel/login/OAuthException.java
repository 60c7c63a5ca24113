package io.satchel.login;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.Serial;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Ends a request with an OAuth error response (RFC 6749, section 5.2). */
final class OAuthException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  /** The body of an error response. */
  @RegisterForReflection // It is serialised outside of a resource method.
  record OAuthError(
      @Schema(examples = "invalid_grant") String error,
      @Schema(
              description = "An explanation for the developer of the client.",
              examples = "The login or the password is wrong")
          String errorDescription) {}

  private final String error;

  private OAuthException(String error, String description) {
    super(description, null, false, false); // An error of the client needs no stack trace.
    this.error = error;
  }

  static OAuthException invalidRequest(String description) {
    return new OAuthException("invalid_request", description);
  }

  static OAuthException invalidGrant(String description) {
    return new OAuthException("invalid_grant", description);
  }

  static OAuthException unsupportedGrantType() {
    return new OAuthException(
        "unsupported_grant_type", "grant_type must be password or refresh_token");
  }

  OAuthError body() {
    return new OAuthError(error, getMessage());
  }
}
