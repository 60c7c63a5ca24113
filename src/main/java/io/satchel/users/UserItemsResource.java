package io.satchel.users;

import static io.satchel.auth.Caller.USER;

import io.satchel.auth.Caller;
import io.satchel.items.ItemCreator;
import io.satchel.items.ItemView;
import io.satchel.items.ItemsPageRequest;
import io.satchel.items.NewItem;
import io.satchel.items.VisibleItems;
import io.satchel.platform.input.RejectInvalidInput;
import io.satchel.platform.pagination.KeysetQuery;
import io.satchel.platform.pagination.PageResponses;
import io.smallrye.common.annotation.RunOnVirtualThread;
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

@RunOnVirtualThread
@Path("/users/{user_id}/items")
@Produces(MediaType.APPLICATION_JSON)
@RejectInvalidInput
@Tag(name = "items")
class UserItemsResource {

  @Inject Caller caller;
  @Inject ItemCreator creation;
  @Inject PageResponses pages;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(USER)
  @Operation(
      operationId = "createItemForUser",
      summary = "Create an item for a user",
      description =
          "Creates an item that the given user owns. Only the user and admins may call it;"
              + " others receive 404. With an Idempotency-Key, a retry creates no second"
              + " item.")
  @APIResponseSchema(value = ItemView.class, responseCode = "201")
  public Response create(@PathParam("user_id") long userId, @Valid NewItem input) {
    caller.requireSelfOrAdmin(userId, Caller::userNotFound);
    return creation.create(input, userId);
  }

  @GET
  @RolesAllowed(USER)
  @Operation(
      operationId = "listItemsOfUser",
      summary = "List the items of a user",
      description =
          "Returns a page of a user's items that the caller may see. Any user may call it; the list"
              + " is empty if the user has no public items or does not exist. Items can be searched,"
              + " filtered and sorted; follow the link rel=\"next\" to the next page.")
  public RestResponse<List<ItemView>> list(
      @PathParam("user_id") long userId, @Valid @BeanParam ItemsPageRequest request) {
    KeysetQuery<ItemView> items = VisibleItems.listOfOwner(userId, request, caller);
    RestResponse<List<ItemView>> page = pages.respond(items, request);
    // Only the user and admins may learn that the user does not exist.
    if (page.getEntity().isEmpty() && caller.isSelfOrAdmin(userId)) {
      User.findVisible(userId, caller);
    }
    return page;
  }
}
