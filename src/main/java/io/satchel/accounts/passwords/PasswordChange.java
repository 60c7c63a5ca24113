package io.satchel.accounts.passwords;

import io.satchel.auth.passwords.PasswordLength;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of a password change. */
@Schema(additionalProperties = Schema.False.class)
record PasswordChange(
    @Schema(format = "password", examples = "chimichangas4life") @NotNull String currentPassword,
    @Schema(format = "password", minLength = 8, maxLength = 128, examples = "maximum-effort-2026")
        @NotNull
        @PasswordLength
        String newPassword) {

  @Override
  public String toString() { // Without the passwords.
    return "PasswordChange";
  }
}
