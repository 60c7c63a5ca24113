package io.satchel.accounts.passwords;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.auth.AuditLog;
import io.satchel.auth.AuditLog.Action;
import io.satchel.auth.AuditLog.Outcome;
import io.satchel.auth.passwords.PasswordHash;
import io.satchel.auth.passwords.PasswordLength;
import io.satchel.emails.EmailToken;
import io.satchel.emails.EmailToken.Purpose;
import io.satchel.emails.EmailType;
import io.satchel.emails.Outbox;
import io.satchel.platform.input.RejectInvalidInput;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.ratelimit.AttemptLimiter;
import io.satchel.users.User;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RunOnVirtualThread
@Path("/password-reset")
@RejectInvalidInput
@Tag(name = "passwords")
class PasswordResetResource {

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

  @Inject AttemptLimiter limiter;
  @Inject Outbox outbox;
  @Inject AuditLog audit;
  @Inject Clock clock;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.WILDCARD) // The response has no body, so every Accept header is fine.
  @PermitAll
  @Operation(
      operationId = "resetPassword",
      summary = "Reset a forgotten password",
      description =
          "Replaces a password with the token of the link in an e-mail. Anyone who has the token may"
              + " call it. All sessions of the user end, a change of the e-mail address that waits for its"
              + " verification is taken back, and the user receives an e-mail about it.")
  @APIResponse(responseCode = "204", description = "The password was replaced.")
  @APIResponse(responseCode = "400", ref = "invalid-email-token")
  public void reset(@Valid PasswordReset reset) {
    User user =
        QuarkusTransaction.requiringNew().call(() -> find(reset)).orElseThrow(this::invalid);
    PasswordHash.requireCapacity();
    String hash = user.hashNewPassword(reset.newPassword());
    boolean isReplaced =
        QuarkusTransaction.requiringNew().call(() -> replace(reset, user.id, hash));
    if (!isReplaced) {
      throw invalid();
    }
  }

  /** Returns the user who received the token, if it is valid. */
  private Optional<User> find(PasswordReset reset) {
    return findToken(reset).flatMap(token -> User.findByIdOptional(token.userId));
  }

  private Optional<EmailToken> findToken(PasswordReset reset) {
    return EmailToken.findValid(Purpose.PASSWORD_RECOVERY, reset.token(), clock.instant());
  }

  /** Replaces the password, unless the token was used or the user changed in the meantime. */
  private boolean replace(PasswordReset reset, long userId, String hash) {
    User user = User.findLocked(userId).orElse(null);
    EmailToken token = findToken(reset).orElse(null);
    if (user == null || !user.isActive || token == null || !user.email.equals(token.email)) {
      return false;
    }
    user.verifyEmail();
    user.replacePassword(hash); // This deletes the token.
    limiter.resetAll(user.credentials().attempts());
    outbox.add(EmailType.PASSWORD_CHANGED, user.id, user.email);
    audit.record(Action.PASSWORD_RESET, Outcome.SUCCESS, null, user.id);
    return true;
  }

  private ProblemException invalid() {
    audit.record(Action.PASSWORD_RESET, Outcome.FAILURE, null, null);
    return EmailToken.invalid();
  }
}
