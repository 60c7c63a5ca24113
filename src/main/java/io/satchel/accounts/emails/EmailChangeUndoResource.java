package io.satchel.accounts.emails;

import io.satchel.auth.AuditLog.Action;
import io.satchel.emails.EmailToken;
import io.satchel.emails.EmailToken.Purpose;
import io.satchel.platform.input.RejectInvalidInput;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RunOnVirtualThread
@Path("/email-change-undo")
@RejectInvalidInput
@Tag(name = "users")
class EmailChangeUndoResource {

  /** The body of the request. */
  @Schema(additionalProperties = Schema.False.class)
  record EmailChangeUndo(
      @Schema(
              description = "The token of the link in the e-mail to the earlier address.",
              examples = "OXhKQ2pBTXB3Y1dGc2RLa0VqU2xvUHZ5Um5UaUdiVXo")
          @NotNull
          String token) {

    @Override
    public String toString() { // Without the token.
      return "EmailChangeUndo";
    }
  }

  @Inject EmailAddresses addresses;
  @Inject LinkTokens tokens;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.WILDCARD) // The response has no body, so every Accept header is fine.
  @PermitAll
  @Operation(
      operationId = "undoEmailChange",
      summary = "Undo the change of an e-mail address",
      description =
          "Gives an account back to its earlier e-mail address, with the token of the link in the"
              + " e-mail about the change. Anyone who has the token may call it, for seven days. All"
              + " sessions end, the password and other links are no longer valid, and the address"
              + " receives a link for a new password. It fails if another user has verified the"
              + " address in the meantime.")
  @APIResponse(responseCode = "204", description = "The address and the account were given back.")
  @APIResponse(responseCode = "400", ref = "invalid-email-token")
  public void undo(@Valid EmailChangeUndo undo) {
    tokens.use(Purpose.EMAIL_CHANGE_UNDO, undo.token(), Action.EMAIL_CHANGE_UNDONE, this::undo);
  }

  private boolean undo(User user, EmailToken token) {
    token.deleteOthers();
    addresses.undoChange(user, token.email, token.createdAt());
    return true;
  }
}
