package io.satchel.users;

import io.satchel.http.Cursor;
import io.satchel.http.Description;
import io.satchel.http.JsonReader;
import io.satchel.http.Page;
import io.satchel.http.RefuseFaults;
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
import java.util.Map;
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

  @Inject OwnedItems items;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Transactional
  @Operation(operationId = "createUser", summary = "Sign a user up")
  @APIResponse(responseCode = "400", ref = Description.TAKEN)
  @APIResponseSchema(value = UserView.class, responseCode = "201")
  public RestResponse<UserView> create(@Valid NewUser input) {
    User user = input.toUser();
    user.save();
    return ResponseBuilder.<UserView>created(URI.create("/users/" + user.id))
        .entity(UserView.of(user, List.of()))
        .build();
  }

  @GET
  @Operation(operationId = "listUsers", summary = "List users by id, each with the first 100 items")
  public RestResponse<List<UserView>> list(
      @QueryParam("skip") @DefaultValue("0") @Min(0) @Max(10_000) int skip,
      @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(100) int limit,
      @QueryParam("after") Cursor after,
      UriInfo uri) {
    return Page.of(User.list(after, skip, limit + 1), limit, user -> user.id)
        .map(this::views)
        .toResponse(uri);
  }

  @GET
  @Path("{user_id}")
  @Operation(operationId = "getUser", summary = "Read a user")
  public UserView get(@PathParam("user_id") long userId) {
    return view(User.withId(userId));
  }

  @PUT
  @Path("{user_id}")
  @Consumes({MediaType.APPLICATION_JSON, JsonReader.MERGE_PATCH})
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
  @Transactional
  @Operation(operationId = "updateUser", summary = "Change the members of a user that are sent")
  @APIResponseSchema(value = UserView.class, responseCode = "200")
  @APIResponse(responseCode = "400", ref = Description.TAKEN)
  public UserView update(@PathParam("user_id") long userId, @Valid UserChange change) {
    User user = User.toChange(userId);
    change.applyTo(user);
    user.save();
    return view(user);
  }

  @DELETE
  @Path("{user_id}")
  @Transactional
  @Operation(operationId = "deleteUser", summary = "Delete a user, and the user's items")
  public void delete(@PathParam("user_id") long userId) {
    User.delete(userId);
  }

  private UserView view(User user) {
    return views(List.of(user)).getFirst();
  }

  private List<UserView> views(List<User> users) {
    List<Long> ids = users.stream().map(user -> user.id).toList();
    Map<Long, List<OwnedItem>> first = items.firstOf(ids, UserView.ITEMS + 1);
    return users.stream()
        .map(user -> UserView.of(user, first.getOrDefault(user.id, List.of())))
        .toList();
  }
}
