package io.satchel.items;

import static io.satchel.auth.Caller.USER;

import io.satchel.auth.Caller;
import io.satchel.http.RefuseFaults;
import io.satchel.lists.Listing;
import io.satchel.lists.Lists;
import io.satchel.users.User;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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
  @Inject ItemCreation creation;
  @Inject Lists lists;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(USER)
  @Operation(operationId = "createItemForUser", summary = "Give a user an item")
  @APIResponseSchema(value = ItemView.class, responseCode = "201")
  public Response create(@PathParam("user_id") long userId, @Valid NewItem input) {
    caller.requireSelf(userId, User::notFound);
    return creation.create(input, userId);
  }

  @GET
  @RolesAllowed(USER)
  @Operation(operationId = "listItemsOfUser", summary = "List, search and sort a user's items")
  public RestResponse<List<ItemView>> list(
      @PathParam("user_id") long userId, @Valid @BeanParam ItemsQuery query) {
    Listing<Item> items = VisibleItems.listOfOwner(userId, query, caller);
    RestResponse<List<ItemView>> page = lists.answer(items, query, ItemView::of);
    if (page.getEntity().isEmpty() && caller.isSelf(userId)) { // others are not told who there is
      User.withId(userId, caller);
    }
    return page;
  }
}
