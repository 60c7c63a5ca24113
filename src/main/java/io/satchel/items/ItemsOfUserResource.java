package io.satchel.items;

import static io.satchel.auth.Caller.USER;

import io.satchel.auth.Caller;
import io.satchel.http.Cursor;
import io.satchel.http.Page;
import io.satchel.http.RefuseFaults;
import io.satchel.users.User;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

@Path("/users/{user_id}/items")
@Produces(MediaType.APPLICATION_JSON)
@RefuseFaults
@Tag(name = "items")
class ItemsOfUserResource {

  @Inject Caller caller;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(USER)
  @Transactional
  @Operation(operationId = "createItemForUser", summary = "Give a user an item")
  @APIResponseSchema(value = ItemView.class, responseCode = "201")
  public RestResponse<ItemView> create(@PathParam("user_id") long userId, @Valid NewItem input) {
    caller.requireSelf(userId, User::notFound);
    Item item = input.toItemOf(userId);
    item.save(caller);
    return ItemView.created(item);
  }

  @GET
  @RolesAllowed(USER)
  @Operation(operationId = "listItemsOfUser", summary = "List a user's items by id")
  public RestResponse<List<ItemView>> list(
      @PathParam("user_id") long userId,
      @QueryParam("skip") @DefaultValue("0") @Min(0) @Max(10_000) int skip,
      @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1_000) int limit,
      @QueryParam("after") Cursor after,
      UriInfo uri) {
    List<Item> items = VisibleItems.listOfOwner(userId, caller, after, skip, limit + 1);
    if (items.isEmpty() && caller.isSelf(userId)) { // others are not told who there is
      User.withId(userId, caller);
    }
    return Page.of(items, limit, item -> item.id).map(ItemView::of).toResponse(uri);
  }
}
