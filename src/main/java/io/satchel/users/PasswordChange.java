package io.satchel.users;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What somebody sends to have another password. */
@Schema(additionalProperties = Schema.False.class)
record PasswordChange(
    @Schema(format = "password", examples = "chimichangas4life") @NotNull String currentPassword,
    @Schema(format = "password", minLength = 8, maxLength = 128, examples = "maximum-effort-2026")
        @NotNull
        @PasswordLength
        String newPassword) {

  @Override
  public String toString() { // without what is secret
    return "A change of a password";
  }
}
