package io.satchel.users;

import static io.satchel.auth.Caller.ADMIN;
import static io.satchel.auth.Caller.UNVERIFIED;
import static io.satchel.auth.Caller.USER;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.auth.AuditLog;
import io.satchel.auth.AuditLog.Action;
import io.satchel.auth.AuditLog.Outcome;
import io.satchel.auth.Caller;
import io.satchel.auth.attempts.PasswordVerifier;
import io.satchel.auth.passwords.PasswordHash;
import io.satchel.emails.Outbox;
import io.satchel.platform.conditional.ConditionalResponses;
import io.satchel.platform.input.JsonBodyReader;
import io.satchel.platform.input.RejectInvalidInput;
import io.satchel.platform.pagination.PageResponses;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.satchel.platform.ratelimit.AttemptLimiter;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@RunOnVirtualThread
@Path("/users")
@Produces(MediaType.APPLICATION_JSON)
@RejectInvalidInput
@Tag(name = "users", description = "Sign up, and read, change and delete users.")
class UsersResource {

  @Inject Caller caller;
  @Inject PageResponses pages;
  @Inject ConditionalResponses responses;
  @Inject AttemptLimiter limiter;
  @Inject PasswordVerifier passwords;
  @Inject EmailAddresses addresses;
  @Inject Outbox outbox;
  @Inject AuditLog audit;

  @GET
  @RolesAllowed(ADMIN)
  @Operation(
      operationId = "listUsers",
      summary = "List users",
      description =
          "Returns a page of users, each with the first 100 items. Only admins may call it. Users"
              + " can be searched, filtered and sorted; follow the link rel=\"next\" to the next"
              + " page.")
  public RestResponse<List<UserView>> list(@Valid @BeanParam UsersPageRequest request) {
    return pages.respond(request.toQuery(), request, users -> UserView.withItems(users, caller));
  }

  @GET
  @Path("{user_id}")
  @RolesAllowed(USER)
  @Operation(
      operationId = "getUser",
      summary = "Get a user",
      description =
          "Returns a user with the first 100 items. Only the user and admins may call it; others"
              + " receive 404. With If-None-Match, the response is 304 if nothing has"
              + " changed.")
  @APIResponseSchema(value = UserView.class, responseCode = "200")
  public RestResponse<byte[]> get(@PathParam("user_id") long userId) {
    return responses.read(UserView.of(User.findVisible(userId, caller), caller));
  }

  @PUT
  @Path("{user_id}")
  @Consumes({MediaType.APPLICATION_JSON, JsonBodyReader.MERGE_PATCH})
  @RolesAllowed({USER, UNVERIFIED})
  @Operation(
      operationId = "replaceUser",
      summary = "Change a user (PUT)",
      description =
          "Does the same as PATCH: it changes only the members that are sent. Only the user and"
              + " admins may call it, and only admins may change is_active and is_admin. The last"
              + " active admin must stay one.")
  @APIResponseSchema(value = UserView.class, responseCode = "200")
  @APIResponse(responseCode = "400", ref = "taken-or-wrong-password")
  @APIResponse(responseCode = "401", ref = "recent-login")
  @APIResponse(responseCode = "409", ref = "last-admin")
  public RestResponse<byte[]> replace(@PathParam("user_id") long userId, @Valid UserChange change) {
    return update(userId, change);
  }

  @PATCH
  @Path("{user_id}")
  @Consumes({MediaType.APPLICATION_JSON, JsonBodyReader.MERGE_PATCH})
  @RolesAllowed({USER, UNVERIFIED})
  @Operation(
      operationId = "updateUser",
      summary = "Change a user",
      description =
          "Changes only the members that are sent; null clears an optional one (JSON merge patch)."
              + " Only the user and admins may call it, and only admins may change is_active and"
              + " is_admin, with a log-in that is at most five minutes old, as for the e-mail address"
              + " of another user. The last active admin must stay one. Users who change their own"
              + " e-mail address send the current_password. A new e-mail address is the"
              + " pending_email until the user opens the link in an e-mail to it; if the service"
              + " sends no e-mails, it takes effect at once. With If-Match, the response is 412 if the"
              + " user has changed.")
  @APIResponseSchema(value = UserView.class, responseCode = "200")
  @APIResponse(responseCode = "400", ref = "taken-or-wrong-password")
  @APIResponse(responseCode = "401", ref = "recent-login")
  @APIResponse(responseCode = "409", ref = "last-admin")
  public RestResponse<byte[]> update(@PathParam("user_id") long userId, @Valid UserChange change) {
    Optional<String> hash = verifyPassword(userId, change); // Hashing takes long.
    return QuarkusTransaction.requiringNew().call(() -> apply(userId, change, hash));
  }

  /** Returns the hash of the password with which users confirm a change of their own. */
  private Optional<String> verifyPassword(long userId, UserChange change) {
    if (userId != caller.id() || !change.currentPassword().isPresent()) {
      return Optional.empty();
    }
    PasswordHash.requireCapacity();
    User user = QuarkusTransaction.requiringNew().call(() -> User.findVisible(userId, caller));
    passwords.requireCurrent(
        user.credentials(), Action.EMAIL_CHANGE, change.currentPassword().get());
    return Optional.of(user.passwordHash);
  }

  private RestResponse<byte[]> apply(
      long userId, UserChange change, Optional<String> confirmedHash) {
    User user = User.findForUpdate(userId, caller);
    if (caller.mustVerify() && !change.changesOnlyEmail()) {
      throw new ProblemException(ProblemType.UNVERIFIED);
    }
    if (change.requiresAdmin()) {
      caller.requireAdmin();
    }
    responses.requirePreconditions(() -> UserView.of(user, caller));
    change.requireIdentity(user, caller, confirmedHash);
    if (change.removesAdmin()) {
      user.requireNotLastAdmin();
    }
    List<Action> actions = change.applyTo(user, addresses);
    user.save();
    actions.forEach(action -> record(action, userId));
    return responses.updated(UserView.of(user, caller));
  }

  @DELETE
  @Path("{user_id}")
  @Produces(MediaType.WILDCARD) // The response has no body, so every Accept header is fine.
  @RolesAllowed({USER, UNVERIFIED})
  @Transactional
  @Operation(
      operationId = "deleteUser",
      summary = "Delete a user",
      description =
          "Deletes a user, all items of the user, and all tokens. Only the user and admins may call"
              + " it, with a log-in that is at most five minutes old. It cannot be undone. The last"
              + " active admin cannot be deleted.")
  @APIResponse(responseCode = "204", description = "The user was deleted.")
  @APIResponse(responseCode = "401", ref = "recent-login")
  @APIResponse(responseCode = "409", ref = "last-admin")
  public void delete(@PathParam("user_id") long userId) {
    User user = User.findForUpdate(userId, caller);
    caller.requireRecentLogin();
    responses.requirePreconditions(() -> UserView.of(user, caller));
    user.requireNotLastAdmin();
    user.deleteWithItems();
    limiter.resetAll(user.credentials().attempts());
    outbox.forget(user.email);
    record(Action.USER_DELETED, userId);
  }

  private void record(Action action, long userId) {
    audit.record(action, Outcome.SUCCESS, caller.id(), userId);
  }
}
