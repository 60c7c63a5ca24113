package io.satchel.users;

import static io.satchel.auth.Caller.ADMIN;
import static io.satchel.auth.Caller.USER;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.auth.Audit;
import io.satchel.auth.Audit.Action;
import io.satchel.auth.Audit.Outcome;
import io.satchel.auth.Caller;
import io.satchel.http.Cursor;
import io.satchel.http.Description;
import io.satchel.http.JsonReader;
import io.satchel.http.Page;
import io.satchel.http.RefuseFaults;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

@Path("/users")
@Produces(MediaType.APPLICATION_JSON)
@RefuseFaults
@Tag(name = "users")
class UsersResource {

  @Inject Caller caller;
  @Inject UserViews views;
  @Inject SignUps signUps;
  @Inject Audit audit;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @PermitAll
  @Operation(operationId = "createUser", summary = "Sign a user up")
  @APIResponse(responseCode = "400", ref = Description.TAKEN)
  @APIResponseSchema(value = UserView.class, responseCode = "201")
  @APIResponse(responseCode = "429", ref = Description.TOO_MANY_REQUESTS)
  public RestResponse<UserView> create(@Valid NewUser input) {
    signUps.admit();
    User user = input.toUser(); // before there is a transaction, as it takes long
    QuarkusTransaction.requiringNew().run(user::save);
    return ResponseBuilder.<UserView>created(URI.create("/users/" + user.id))
        .entity(UserView.of(user, List.of()))
        .build();
  }

  @GET
  @RolesAllowed(ADMIN)
  @Operation(operationId = "listUsers", summary = "List users by id, each with the first 100 items")
  public RestResponse<List<UserView>> list(
      @QueryParam("skip") @DefaultValue("0") @Min(0) @Max(10_000) int skip,
      @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(100) int limit,
      @QueryParam("after") Cursor after,
      UriInfo uri) {
    return Page.of(User.list(after, skip, limit + 1), limit, user -> user.id)
        .map(views::of)
        .toResponse(uri);
  }

  @GET
  @Path("{user_id}")
  @RolesAllowed(USER)
  @Operation(operationId = "getUser", summary = "Read a user")
  public UserView get(@PathParam("user_id") long userId) {
    return views.of(User.withId(userId, caller));
  }

  @PUT
  @Path("{user_id}")
  @Consumes({MediaType.APPLICATION_JSON, JsonReader.MERGE_PATCH})
  @RolesAllowed(USER)
  @Transactional
  @Operation(operationId = "replaceUser", summary = "Change the members of a user that are sent")
  @APIResponseSchema(value = UserView.class, responseCode = "200")
  @APIResponse(responseCode = "400", ref = Description.TAKEN)
  public UserView replace(@PathParam("user_id") long userId, @Valid UserChange change) {
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
  public UserView update(@PathParam("user_id") long userId, @Valid UserChange change) {
    User user = User.toChange(userId, caller);
    if (change.changesRights()) {
      caller.requireAdmin();
    }
    List<Action> actions = change.applyTo(user);
    user.save();
    actions.forEach(action -> note(action, userId));
    return views.of(user);
  }

  @DELETE
  @Path("{user_id}")
  @RolesAllowed(USER)
  @Transactional
  @Operation(operationId = "deleteUser", summary = "Delete a user, and the user's items")
  public void delete(@PathParam("user_id") long userId) {
    User.toChange(userId, caller).delete();
    note(Action.USER_DELETED, userId);
  }

  private void note(Action action, long userId) {
    audit.note(action, Outcome.SUCCESS, caller.id(), userId);
  }
}
