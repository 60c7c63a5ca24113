package io.satchel.users;

import io.satchel.auth.passwords.PasswordHash;
import io.satchel.auth.passwords.PasswordLength;
import io.satchel.platform.text.Nfc;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** The body of a sign-up. */
@Schema(additionalProperties = Schema.False.class)
@StrongPassword
record NewUser(
    @Schema(format = "email", minLength = 3, maxLength = 254, examples = "deadpool@example.com")
        @NotNull
        @Email(regexp = User.EMAIL_PATTERN)
        @CodePointLength(min = 3, max = 254)
        String email,
    @Schema(format = "password", minLength = 8, maxLength = 128, examples = "chimichangas4life")
        @NotNull
        @PasswordLength
        String password,
    @Schema(nullable = true, examples = "deadpool")
        @Pattern(regexp = User.USERNAME_PATTERN, message = User.USERNAME_MESSAGE)
        String username,
    @Schema(nullable = true, maxLength = 100, examples = "Wade") @CodePointLength(max = 100)
        String firstName,
    @Schema(nullable = true, maxLength = 100, examples = "Wilson") @CodePointLength(max = 100)
        String lastName) {

  NewUser {
    firstName = Nfc.of(firstName);
    lastName = Nfc.of(lastName);
  }

  /** Returns the new user. It hashes the password, so do not call it in a transaction. */
  User toUser() {
    User user = new User();
    user.email = email;
    user.username = username;
    user.firstName = firstName;
    user.lastName = lastName;
    user.passwordHash = PasswordHash.of(password);
    return user;
  }

  @Override
  public String toString() { // Without the password.
    return "NewUser";
  }
}
