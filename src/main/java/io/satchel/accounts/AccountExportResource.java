package io.satchel.accounts;

import static io.satchel.auth.Caller.USER;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.accounts.AccountExport.Profile;
import io.satchel.auth.AuditLog;
import io.satchel.auth.AuditLog.Action;
import io.satchel.auth.AuditLog.Outcome;
import io.satchel.auth.Caller;
import io.satchel.items.ItemExport;
import io.satchel.users.User;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RunOnVirtualThread
@Path("/users/me/export")
@Tag(name = "users")
class AccountExportResource {

  @Inject Caller caller;
  @Inject ItemExport items;
  @Inject AuditLog audit;
  @Inject Clock clock;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(USER)
  @Operation(
      operationId = "exportAccount",
      summary = "Export the caller's data",
      description =
          "Returns the calling user, with all sessions and all items, as one JSON document. Any user"
              + " may call it. It is streamed, so items that change meanwhile may be missing or"
              + " outdated. A caller can run two exports at a time. If eight are running, the"
              + " response is 503.")
  @APIResponse(
      responseCode = "200",
      description = "The data of the user.",
      content = @Content(schema = @Schema(implementation = AccountExport.class)))
  public Response export() {
    return items.respond(this::findMembers, caller);
  }

  /** Returns everything but the items. */
  private Map<String, Object> findMembers() {
    Map<String, Object> members = new LinkedHashMap<>();
    QuarkusTransaction.requiringNew()
        .run(() -> {
          members.put("user", Profile.of(User.findVisible(caller.id(), caller)));
          members.put("sessions", SessionView.listOf(caller, clock.instant()));
          audit.record(Action.DATA_EXPORTED, Outcome.SUCCESS, caller.id(), caller.id());
        });
    return members;
  }
}
