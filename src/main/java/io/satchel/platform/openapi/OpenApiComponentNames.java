package io.satchel.platform.openapi;

/** The names of reusable components that resources refer to. */
public final class OpenApiComponentNames {

  /** The security scheme of operations that need an access token. */
  public static final String SECURITY_SCHEME = "oauth2";

  /** The 400 response of an operation that sets a unique value. */
  public static final String TAKEN = "taken";

  /** The 400 response of an operation that requires the current password. */
  public static final String WRONG_PASSWORD = "wrong-password";

  /** The 400 response of an operation that requires the token of an e-mail. */
  public static final String INVALID_EMAIL_TOKEN = "invalid-email-token";

  /** The 409 response of an operation that would remove the last active admin. */
  public static final String LAST_ADMIN = "last-admin";

  /** The 503 response of an operation that sends an e-mail. */
  public static final String MAIL_UNAVAILABLE = "mail-unavailable";

  private OpenApiComponentNames() {}
}
