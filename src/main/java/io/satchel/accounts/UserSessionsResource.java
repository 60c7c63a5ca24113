package io.satchel.accounts;

import static io.satchel.auth.Caller.ADMIN;

import io.satchel.auth.AuditLog;
import io.satchel.auth.AuditLog.Action;
import io.satchel.auth.AuditLog.Outcome;
import io.satchel.auth.Caller;
import io.satchel.auth.tokens.Session;
import io.satchel.platform.input.RejectInvalidInput;
import io.satchel.users.User;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RunOnVirtualThread
@Path("/users/{user_id}/sessions")
@RejectInvalidInput
@Tag(name = "sessions")
class UserSessionsResource {

  @Inject Caller caller;
  @Inject AuditLog audit;

  @DELETE
  @Produces(MediaType.WILDCARD)
  @RolesAllowed(ADMIN)
  @Transactional
  @Operation(
      operationId = "endSessionsOfUser",
      summary = "End all sessions of a user",
      description =
          "Ends all sessions of a user. Only admins may call it. It takes effect within seconds.")
  @APIResponse(responseCode = "204", description = "The sessions were ended.")
  public void endAll(@PathParam("user_id") long userId) {
    User user = User.findVisible(userId, caller);
    Session.revokeAllOf(user.id);
    audit.record(Action.SESSIONS_ENDED, Outcome.SUCCESS, caller.id(), user.id);
  }
}
