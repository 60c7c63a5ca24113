package io.satchel.accounts.passwords;

import io.satchel.users.User;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** The body of a password recovery. */
@Schema(additionalProperties = Schema.False.class)
record PasswordRecovery(
    @Schema(format = "email", minLength = 3, maxLength = 254, examples = "deadpool@example.com")
        @NotNull
        @Email(regexp = User.EMAIL_PATTERN)
        @CodePointLength(min = 3, max = 254)
        String email) {}
