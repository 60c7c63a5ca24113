package io.satchel.accounts;

import static io.satchel.auth.Caller.USER;

import io.satchel.auth.AuditLog;
import io.satchel.auth.AuditLog.Action;
import io.satchel.auth.AuditLog.Outcome;
import io.satchel.auth.Caller;
import io.satchel.auth.tokens.Session;
import io.satchel.platform.input.RejectInvalidInput;
import io.satchel.platform.problems.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RunOnVirtualThread
@Path("/users/me/sessions")
@RejectInvalidInput
@Tag(name = "sessions", description = "See and end log-ins.")
class SessionsResource {

  @Inject Caller caller;
  @Inject AuditLog audit;
  @Inject Clock clock;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(USER)
  @Transactional
  @Operation(
      operationId = "getSessions",
      summary = "Get the caller's sessions",
      description =
          "Returns the log-ins of the caller that have not ended, the newest first. Any user may call"
              + " it. A user has at most 50: a further log-in ends the oldest.")
  public List<SessionView> list() {
    return SessionView.listOf(caller, clock.instant());
  }

  @DELETE
  @Path("{session_id}")
  @Produces(MediaType.WILDCARD) // The response has no body, so every Accept header is fine.
  @RolesAllowed(USER)
  @Transactional
  @Operation(
      operationId = "endSession",
      summary = "End a session",
      description =
          "Ends a session of the caller, who must log in again there. Any user may call it. It takes"
              + " effect within seconds.")
  @APIResponse(responseCode = "204", description = "The session was ended.")
  public void end(
      @Parameter(schema = @Schema(implementation = String.class, format = "uuid"))
          @PathParam("session_id")
          UUID sessionId) {
    if (!Session.revoke(sessionId, caller.id())) {
      throw ProblemException.notFound("Session not found");
    }
    audit.record(Action.SESSION_ENDED, Outcome.SUCCESS, caller.id(), caller.id());
  }

  @DELETE
  @Produces(MediaType.WILDCARD)
  @RolesAllowed(USER)
  @Transactional
  @Operation(
      operationId = "endOtherSessions",
      summary = "End all other sessions",
      description =
          "Ends all sessions of the caller except the one of this request. Any user may call it. It"
              + " takes effect within seconds.")
  @APIResponse(responseCode = "204", description = "The sessions were ended.")
  public void endOthers() {
    Session.revokeOthers(caller.sessionId(), caller.id());
    audit.record(Action.SESSIONS_ENDED, Outcome.SUCCESS, caller.id(), caller.id());
  }
}
