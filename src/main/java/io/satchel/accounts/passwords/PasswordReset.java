package io.satchel.accounts.passwords;

import io.satchel.auth.passwords.PasswordLength;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of a password reset. */
@Schema(additionalProperties = Schema.False.class)
record PasswordReset(
    @Schema(
            description = "The token of the link in the e-mail.",
            examples = "OXhKQ2pBTXB3Y1dGc2RLa0VqU2xvUHZ5Um5UaUdiVXo")
        @NotNull
        String token,
    @Schema(format = "password", minLength = 8, maxLength = 128, examples = "maximum-effort-2026")
        @NotNull
        @PasswordLength
        String newPassword) {

  @Override
  public String toString() { // Without the token and the password.
    return "PasswordReset";
  }
}
