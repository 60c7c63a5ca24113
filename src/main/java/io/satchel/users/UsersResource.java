package io.satchel.users;

import static io.satchel.auth.Caller.ADMIN;
import static io.satchel.auth.Caller.USER;

import io.satchel.auth.Audit;
import io.satchel.auth.Audit.Action;
import io.satchel.auth.Audit.Outcome;
import io.satchel.auth.Caller;
import io.satchel.http.Conditions;
import io.satchel.http.Description;
import io.satchel.http.JsonReader;
import io.satchel.http.RefuseFaults;
import io.satchel.lists.Lists;
import io.satchel.retries.Repetitions;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/users")
@Produces(MediaType.APPLICATION_JSON)
@RefuseFaults
@Tag(name = "users")
class UsersResource {

  @Inject Caller caller;
  @Inject UserViews views;
  @Inject SignUps signUps;
  @Inject Lists lists;
  @Inject Conditions conditions;
  @Inject Repetitions repetitions;
  @Inject Audit audit;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @PermitAll
  @Operation(operationId = "createUser", summary = "Sign a user up")
  @APIResponse(responseCode = "400", ref = Description.TAKEN)
  @APIResponseSchema(value = UserView.class, responseCode = "201")
  public Response create(@Valid NewUser input) {
    signUps.admit();
    User user = input.toUser(); // before there is a transaction, as it takes long
    return repetitions.once(
        () -> user.id,
        () -> {
          user.save();
          return conditions.created("/users/" + user.id, UserView.of(user, List.of()));
        });
  }

  @GET
  @RolesAllowed(ADMIN)
  @Operation(
      operationId = "listUsers",
      summary = "List, search and sort users, each with the first 100 items")
  public RestResponse<List<UserView>> list(@Valid @BeanParam UsersQuery query) {
    return lists.answer(query.list(), query, views::of);
  }

  @GET
  @Path("{user_id}")
  @RolesAllowed(USER)
  @Operation(operationId = "getUser", summary = "Read a user")
  public RestResponse<UserView> get(@PathParam("user_id") long userId) {
    return conditions.answer(views.of(User.withId(userId, caller)));
  }

  @PUT
  @Path("{user_id}")
  @Consumes({MediaType.APPLICATION_JSON, JsonReader.MERGE_PATCH})
  @RolesAllowed(USER)
  @Transactional
  @Operation(operationId = "replaceUser", summary = "Change the members of a user that are sent")
  @APIResponseSchema(value = UserView.class, responseCode = "200")
  @APIResponse(responseCode = "400", ref = Description.TAKEN)
  public RestResponse<UserView> replace(
      @PathParam("user_id") long userId, @Valid UserChange change) {
    return update(userId, change);
  }

  @PATCH
  @Path("{user_id}")
  @Consumes({MediaType.APPLICATION_JSON, JsonReader.MERGE_PATCH})
  @RolesAllowed(USER)
  @Transactional
  @Operation(operationId = "updateUser", summary = "Change the members of a user that are sent")
  @APIResponseSchema(value = UserView.class, responseCode = "200")
  @APIResponse(responseCode = "400", ref = Description.TAKEN)
  public RestResponse<UserView> update(
      @PathParam("user_id") long userId, @Valid UserChange change) {
    User user = User.toChange(userId, caller);
    if (change.changesRights()) {
      caller.requireAdmin();
    }
    conditions.require(() -> views.of(user));
    List<Action> actions = change.applyTo(user);
    user.save();
    actions.forEach(action -> note(action, userId));
    return conditions.ok(views.of(user));
  }

  @DELETE
  @Path("{user_id}")
  @Produces(MediaType.WILDCARD) // as there is nothing to negotiate
  @RolesAllowed(USER)
  @Transactional
  @Operation(operationId = "deleteUser", summary = "Delete a user, and the user's items")
  public void delete(@PathParam("user_id") long userId) {
    User user = User.toChange(userId, caller);
    conditions.require(() -> views.of(user));
    user.delete();
    note(Action.USER_DELETED, userId);
  }

  private void note(Action action, long userId) {
    audit.note(action, Outcome.SUCCESS, caller.id(), userId);
  }
}
