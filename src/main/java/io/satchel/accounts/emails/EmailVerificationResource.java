package io.satchel.accounts.emails;

import io.satchel.auth.AuditLog.Action;
import io.satchel.emails.EmailToken.Purpose;
import io.satchel.platform.input.RejectInvalidInput;
import io.satchel.users.EmailAddresses;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

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
  @Inject LinkTokens tokens;

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
    tokens.use(
        Purpose.EMAIL_VERIFICATION,
        verification.token(),
        Action.EMAIL_VERIFICATION,
        (user, token) -> addresses.verify(user, token.email));
  }
}
