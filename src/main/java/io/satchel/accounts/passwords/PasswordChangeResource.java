package io.satchel.accounts.passwords;

import static io.satchel.auth.Caller.USER;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.auth.AuditLog;
import io.satchel.auth.AuditLog.Action;
import io.satchel.auth.AuditLog.Outcome;
import io.satchel.auth.Caller;
import io.satchel.auth.attempts.PasswordVerifier;
import io.satchel.auth.passwords.PasswordHash;
import io.satchel.auth.passwords.PasswordLength;
import io.satchel.emails.EmailType;
import io.satchel.emails.Outbox;
import io.satchel.platform.input.RejectInvalidInput;
import io.satchel.platform.problems.ProblemException;
import io.satchel.users.User;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RunOnVirtualThread
@Path("/users/me/password")
@RejectInvalidInput
@Tag(name = "passwords", description = "Change a password, or replace a forgotten one.")
class PasswordChangeResource {

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

  @Inject Caller caller;
  @Inject PasswordVerifier passwords;
  @Inject Outbox outbox;
  @Inject AuditLog audit;

  @PUT
  @Produces(MediaType.WILDCARD) // The response has no body, so every Accept header is fine.
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(USER)
  @Operation(
      operationId = "changePassword",
      summary = "Change the password",
      description =
          "Replaces the password of the caller. Any user may call it, and must send the current"
              + " password again. All tokens of the user are revoked, including the one of this"
              + " request, a change of the e-mail address that waits for its verification is taken"
              + " back, and the user receives an e-mail about it.")
  @APIResponse(responseCode = "204", description = "The password was changed.")
  @APIResponse(responseCode = "400", ref = "wrong-password")
  public void change(@Valid PasswordChange change) {
    PasswordHash.requireCapacity();
    boolean isReplaced = replace(change);
    if (!isReplaced) {
      isReplaced = replace(change); // The hash has changed, but the password may not have.
    }
    if (!isReplaced) {
      throw ProblemException.unavailable();
    }
  }

  /** Replaces the password, unless its hash is changed at the same time. */
  private boolean replace(PasswordChange change) {
    User user = QuarkusTransaction.requiringNew().call(() -> User.findVisible(caller.id(), caller));
    passwords.requireCurrent(user.credentials(), Action.PASSWORD_CHANGE, change.currentPassword());
    String hash = user.hashNewPassword(change.newPassword());
    return QuarkusTransaction.requiringNew().call(() -> replaceHash(user, hash));
  }

  private boolean replaceHash(User verified, String hash) {
    User user = User.findForUpdate(verified.id, caller);
    if (!user.passwordHash.equals(verified.passwordHash)) {
      return false;
    }
    user.replacePassword(hash);
    outbox.add(EmailType.PASSWORD_CHANGED, user.id, user.email);
    audit.record(Action.PASSWORD_CHANGE, Outcome.SUCCESS, user.id, user.id);
    return true;
  }
}
