package io.satchel.users;

import io.satchel.auth.AuditLog.Action;
import io.satchel.auth.Caller;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.text.LoginKey;
import io.satchel.platform.text.Nfc;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;
import org.openapitools.jackson.nullable.JsonNullable;

/** A merge patch of a user (RFC 7396): absent members stay unchanged. */
@Schema(additionalProperties = Schema.False.class)
record UserChange(
    @Schema(
            implementation = String.class,
            format = "email",
            minLength = 3,
            maxLength = 254,
            examples = "wade@example.com")
        JsonNullable<
                @NotNull @Email(regexp = User.EMAIL_PATTERN) @CodePointLength(min = 3, max = 254)
                String>
            email,
    @Schema(
            implementation = String.class,
            nullable = true,
            pattern = User.USERNAME_PATTERN,
            examples = "wade")
        JsonNullable<
                @Pattern(regexp = User.USERNAME_PATTERN, message = User.USERNAME_MESSAGE) String>
            username,
    @Schema(implementation = String.class, nullable = true, maxLength = 100, examples = "Wade")
        JsonNullable<@CodePointLength(max = 100) String> firstName,
    @Schema(implementation = String.class, nullable = true, maxLength = 100, examples = "Wilson")
        JsonNullable<@CodePointLength(max = 100) String> lastName,
    @Schema(implementation = Boolean.class, examples = "true")
        JsonNullable<@NotNull Boolean> isActive,
    @Schema(implementation = Boolean.class, examples = "false")
        JsonNullable<@NotNull Boolean> isAdmin,
    @Schema(
            implementation = String.class,
            format = "password",
            description =
                "The current password, which users send when they change their own e-mail address.",
            examples = "chimichangas4life")
        JsonNullable<@NotNull String> currentPassword) {

  UserChange {
    firstName = Nfc.of(firstName);
    lastName = Nfc.of(lastName);
  }

  /** Returns whether only an admin may make the change. */
  boolean requiresAdmin() {
    return isActive.isPresent() || isAdmin.isPresent();
  }

  /** Returns whether nothing else than the e-mail address changes. */
  boolean changesOnlyEmail() {
    return Stream.of(username, firstName, lastName, isActive, isAdmin)
        .noneMatch(JsonNullable::isPresent);
  }

  /**
   * Requires that the caller has proven to be present, if the change needs it: a stolen access
   * token must not be enough to take an account.
   *
   * @param confirmedHash the hash of the password that the caller has sent, if it was right
   * @throws ProblemException 401 if the log-in is too old, 422 if the password is missing, 503 if
   *     it was changed in the meantime
   */
  void requireIdentity(User user, Caller caller, Optional<String> confirmedHash) {
    boolean isOwn = user.id == caller.id();
    if (requiresAdmin() || (changesEmail(user) && !isOwn)) {
      caller.requireRecentLogin();
    }
    if (changesEmail(user) && isOwn && confirmedHash.isEmpty()) {
      throw ProblemException.invalidInput(
          "/current_password", "is required to change the e-mail address");
    }
    if (confirmedHash.isPresent() && !confirmedHash.get().equals(user.passwordHash)) {
      throw ProblemException.unavailable();
    }
  }

  /** Returns whether the e-mail address would change. */
  private boolean changesEmail(User user) {
    return email.isPresent()
        && !LoginKey.isSame(email.get(), user.email)
        && !email.get().equals(user.pendingEmail);
  }

  /** Returns whether the user would no longer be active, or no longer an admin. */
  boolean removesAdmin() {
    return (isActive.isPresent() && !isActive.get()) || (isAdmin.isPresent() && !isAdmin.get());
  }

  @Override
  public String toString() { // Without the password.
    return "UserChange";
  }

  /** Applies the change, and returns the actions that the audit log must record. */
  List<Action> applyTo(User user, EmailAddresses addresses) {
    username.ifPresent(value -> user.username = value);
    firstName.ifPresent(value -> user.firstName = value);
    lastName.ifPresent(value -> user.lastName = value);
    List<Action> actions = new ArrayList<>();
    if (email.isPresent() && addresses.change(user, email.get())) {
      actions.add(Action.EMAIL_CHANGE);
    }
    if (isActive.isPresent() && isActive.get() != user.isActive) {
      user.isActive = isActive.get();
      addresses.changeActivity(user);
      actions.add(user.isActive ? Action.USER_ACTIVATED : Action.USER_DEACTIVATED);
    }
    if (isAdmin.isPresent() && isAdmin.get() != user.isAdmin) {
      user.isAdmin = isAdmin.get();
      user.verifyBy = null; // An admin has vouched for the user, whom no other sign-up replaces.
      actions.add(user.isAdmin ? Action.ADMIN_GRANTED : Action.ADMIN_REVOKED);
    }
    return actions;
  }
}
