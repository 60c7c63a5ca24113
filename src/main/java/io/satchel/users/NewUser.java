package io.satchel.users;

import io.satchel.passwords.Password;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** What somebody sends to sign up. */
@Schema(additionalProperties = Schema.False.class)
@HardToGuess
record NewUser(
    @Schema(format = "email", minLength = 3, maxLength = 254, examples = "deadpool@example.com")
        @NotNull
        @Email(regexp = EmailAddress.PATTERN)
        @CodePointLength(min = 3, max = 254)
        String email,
    @Schema(format = "password", minLength = 8, maxLength = 128, examples = "chimichangas4life")
        @NotNull
        @PasswordLength
        String password,
    @Schema(nullable = true, examples = "deadpool")
        @Pattern(regexp = Username.PATTERN, message = Username.MESSAGE)
        String username,
    @Schema(nullable = true, maxLength = 100, examples = "Wade") @CodePointLength(max = 100)
        String firstName,
    @Schema(nullable = true, maxLength = 100, examples = "Wilson") @CodePointLength(max = 100)
        String lastName) {

  /** The user as whom somebody signs up. Takes as long as hashing a password does. */
  User toUser() {
    User user = new User();
    user.email = email;
    user.username = username;
    user.firstName = firstName;
    user.lastName = lastName;
    user.passwordHash = Password.hash(password);
    return user;
  }

  @Override
  public String toString() { // without what is secret
    return "A new user";
  }
}
