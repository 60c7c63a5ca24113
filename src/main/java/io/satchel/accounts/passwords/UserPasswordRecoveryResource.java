package io.satchel.accounts.passwords;

import static io.satchel.auth.Caller.ADMIN;

import io.satchel.auth.AuditLog;
import io.satchel.auth.AuditLog.Action;
import io.satchel.auth.AuditLog.Outcome;
import io.satchel.auth.Caller;
import io.satchel.emails.EmailType;
import io.satchel.emails.Outbox;
import io.satchel.platform.input.RejectInvalidInput;
import io.satchel.users.User;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@RunOnVirtualThread
@Path("/users/{user_id}/password-recovery")
@RejectInvalidInput
@Tag(name = "passwords")
class UserPasswordRecoveryResource {

  @Inject Caller caller;
  @Inject Outbox outbox;
  @Inject AuditLog audit;

  @POST
  @Produces(MediaType.WILDCARD) // The response has no body, so every Accept header is fine.
  @RolesAllowed(ADMIN)
  @Transactional
  @Operation(
      operationId = "recoverPasswordOfUser",
      summary = "Send a user a link to reset the password",
      description =
          "Sends an e-mail with a link to reset the password to a user, if the user is active. Only"
              + " admins may call it. The password stays valid until it is reset.")
  @APIResponse(responseCode = "202", description = "The e-mail will be sent.")
  @APIResponse(responseCode = "503", ref = "mail-unavailable")
  public RestResponse<Void> recover(@PathParam("user_id") long userId) {
    outbox.requireEnabled();
    User user = User.findForUpdate(userId, caller);
    outbox.add(EmailType.PASSWORD_RECOVERY, user.id, user.email);
    audit.record(Action.PASSWORD_RECOVERY, Outcome.SUCCESS, caller.id(), user.id);
    return RestResponse.accepted();
  }
}
