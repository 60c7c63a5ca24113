package io.satchel.users;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;
import org.openapitools.jackson.nullable.JsonNullable;

/** What somebody sends to change a user: a merge patch (RFC 7396), so what is absent stays. */
@Schema(additionalProperties = Schema.False.class)
record UserChange(
    @Schema(
            implementation = String.class,
            format = "email",
            minLength = 3,
            maxLength = 254,
            examples = "wade@example.com")
        JsonNullable<
                @NotNull @Email(regexp = EmailAddress.PATTERN) @CodePointLength(min = 3, max = 254)
                String>
            email,
    @Schema(
            implementation = String.class,
            nullable = true,
            pattern = Username.PATTERN,
            examples = "wade")
        JsonNullable<@Pattern(regexp = Username.PATTERN, message = Username.MESSAGE) String>
            username,
    @Schema(implementation = String.class, nullable = true, maxLength = 100, examples = "Wade")
        JsonNullable<@CodePointLength(max = 100) String> firstName,
    @Schema(implementation = String.class, nullable = true, maxLength = 100, examples = "Wilson")
        JsonNullable<@CodePointLength(max = 100) String> lastName,
    @Schema(implementation = Boolean.class, examples = "true")
        JsonNullable<@NotNull Boolean> isActive) {

  void applyTo(User user) {
    email.ifPresent(value -> user.email = value);
    username.ifPresent(value -> user.username = value);
    firstName.ifPresent(value -> user.firstName = value);
    lastName.ifPresent(value -> user.lastName = value);
    isActive.ifPresent(value -> user.isActive = value);
  }
}
