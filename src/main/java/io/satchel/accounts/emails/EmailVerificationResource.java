package io.satchel.accounts.emails;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.auth.AuditLog;
import io.satchel.auth.AuditLog.Action;
import io.satchel.auth.AuditLog.Outcome;
import io.satchel.emails.EmailToken;
import io.satchel.emails.EmailToken.Purpose;
import io.satchel.platform.input.RejectInvalidInput;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.satchel.users.EmailAddresses;
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
import org.hibernate.exception.ConstraintViolationException;

@RunOnVirtualThread
@Path("/email-verification")
@RejectInvalidInput
@Tag(name = "users")
class EmailVerificationResource {

  /** The body of an e-mail verification. */
  @Schema(additionalProperties = Schema.False.class)
  record EmailVerification(
      @Schema(
              description = "The token of the link in the e-mail.",
              examples = "OXhKQ2pBTXB3Y1dGc2RLa0VqU2xvUHZ5Um5UaUdiVXo")
          @NotNull
          String token) {

    @Override
    public String toString() { // Without the token.
      return "EmailVerification";
    }
  }

  @Inject EmailAddresses addresses;
  @Inject AuditLog audit;
  @Inject Clock clock;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.WILDCARD) // The response has no body, so every Accept header is fine.
  @PermitAll
  @Operation(
      operationId = "verifyEmail",
      summary = "Verify an e-mail address",
      description =
          "Verifies an e-mail address with the token of the link in an e-mail. Anyone who has the"
              + " token may call it. If it is the pending_email of a user, it replaces the user's"
              + " email.")
  @APIResponse(responseCode = "204", description = "The address was verified.")
  @APIResponse(responseCode = "400", ref = "invalid-email-token")
  public void verify(@Valid EmailVerification verification) {
    try {
      long userId =
          QuarkusTransaction.requiringNew()
              .call(() -> use(verification.token()))
              .orElseThrow(() ->
                  ProblemException.of(ProblemType.INVALID_EMAIL_TOKEN, "/token", "is not valid"));
      audit.record(Action.EMAIL_VERIFICATION, Outcome.SUCCESS, null, userId);
    } catch (ProblemException | ConstraintViolationException e) {
      audit.record(Action.EMAIL_VERIFICATION, Outcome.FAILURE, null, null);
      throw e;
    }
  }

  /** Uses a token, and returns the id of its user, unless it is no longer valid. */
  private Optional<Long> use(String text) {
    Optional<EmailToken> token =
        EmailToken.findValid(Purpose.EMAIL_VERIFICATION, text, clock.instant());
    return token
        .flatMap(found -> User.findLocked(found.userId))
        .filter(
            user -> user.isActive && token.get().use() && addresses.verify(user, token.get().email))
        .map(user -> user.id);
  }
}
