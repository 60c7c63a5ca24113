package io.satchel.users;

import io.satchel.auth.Audit.Action;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.ArrayList;
import java.util.List;
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
        JsonNullable<@NotNull Boolean> isActive,
    @Schema(implementation = Boolean.class, examples = "false")
        JsonNullable<@NotNull Boolean> isAdmin) {

  /** Whether there is something in it that is for admins alone to change. */
  boolean changesRights() {
    return isActive.isPresent() || isAdmin.isPresent();
  }

  /** Makes the change, and tells what it was of the user's rights. */
  List<Action> applyTo(User user) {
    email.ifPresent(value -> user.email = value);
    username.ifPresent(value -> user.username = value);
    firstName.ifPresent(value -> user.firstName = value);
    lastName.ifPresent(value -> user.lastName = value);
    List<Action> actions = new ArrayList<>();
    if (isActive.isPresent() && isActive.get() != user.isActive) {
      user.isActive = isActive.get();
      actions.add(user.isActive ? Action.USER_ACTIVATED : Action.USER_DEACTIVATED);
    }
    if (isAdmin.isPresent() && isAdmin.get() != user.isAdmin) {
      user.isAdmin = isAdmin.get();
      actions.add(user.isAdmin ? Action.ADMIN_GRANTED : Action.ADMIN_REVOKED);
    }
    return actions;
  }
}
