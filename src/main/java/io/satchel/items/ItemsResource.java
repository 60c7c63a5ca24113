package io.satchel.items;

import static io.satchel.auth.Caller.USER;

import io.satchel.auth.Caller;
import io.satchel.platform.conditional.ConditionalResponses;
import io.satchel.platform.input.JsonBodyReader;
import io.satchel.platform.input.RejectInvalidInput;
import io.satchel.platform.pagination.PageResponses;
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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
@Path("/items")
@Produces(MediaType.APPLICATION_JSON)
@RejectInvalidInput
@Tag(name = "items", description = "Create, find, change, delete and export items.")
class ItemsResource {

  @Inject Caller caller;
  @Inject ItemCreator creation;
  @Inject PageResponses pages;
  @Inject ConditionalResponses responses;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(USER)
  @Operation(
      operationId = "createItem",
      summary = "Create an item",
      description =
          "Creates an item that the caller owns. Any user may call it. With an Idempotency-Key, a"
              + " retry creates no second item.")
  @APIResponseSchema(value = ItemView.class, responseCode = "201")
  public Response create(@Valid NewItem input) {
    return creation.create(input, caller.id());
  }

  @GET
  @RolesAllowed(USER)
  @Operation(
      operationId = "listItems",
      summary = "List items",
      description =
          "Returns a page of the items that the caller may see: public ones and the caller's own, or"
              + " all for an admin. Any user may call it. Items can be searched, filtered and sorted;"
              + " follow the link rel=\"next\" to the next page.")
  public RestResponse<List<ItemView>> list(@Valid @BeanParam ItemsPageRequest request) {
    return pages.respond(VisibleItems.list(request, caller), request);
  }

  @GET
  @RolesAllowed(USER)
  @Path("{item_id}")
  @Operation(
      operationId = "getItem",
      summary = "Get an item",
      description =
          "Returns an item. Any user may call it. Other users than the owner and admins"
              + " receive 404 for a private item. With If-None-Match, the response is 304 if nothing has changed.")
  @APIResponseSchema(value = ItemView.class, responseCode = "200")
  public RestResponse<byte[]> get(@PathParam("item_id") long itemId) {
    return responses.read(ItemView.of(Item.findVisible(itemId, caller)));
  }

  @PUT
  @Path("{item_id}")
  @Consumes({MediaType.APPLICATION_JSON, JsonBodyReader.MERGE_PATCH})
  @RolesAllowed(USER)
  @Transactional
  @Operation(
      operationId = "replaceItem",
      summary = "Change an item (PUT)",
      description =
          "Does the same as PATCH: it changes only the members that are sent. Only the owner and"
              + " admins may call it.")
  @APIResponseSchema(value = ItemView.class, responseCode = "200")
  public RestResponse<byte[]> replace(@PathParam("item_id") long itemId, @Valid ItemChange change) {
    return update(itemId, change);
  }

  @PATCH
  @Path("{item_id}")
  @Consumes({MediaType.APPLICATION_JSON, JsonBodyReader.MERGE_PATCH})
  @RolesAllowed(USER)
  @Transactional
  @Operation(
      operationId = "updateItem",
      summary = "Change an item",
      description =
          "Changes only the members that are sent; null clears an optional one (JSON merge patch)."
              + " Only the owner and admins may call it. With If-Match, the response is 412 if the"
              + " item has changed.")
  @APIResponseSchema(value = ItemView.class, responseCode = "200")
  public RestResponse<byte[]> update(@PathParam("item_id") long itemId, @Valid ItemChange change) {
    Item item = Item.findForUpdate(itemId, caller);
    responses.requirePreconditions(() -> ItemView.of(item));
    change.applyTo(item);
    Item.flush();
    return responses.updated(ItemView.of(item));
  }

  @DELETE
  @Path("{item_id}")
  @Produces(MediaType.WILDCARD) // The response has no body, so every Accept header is fine.
  @RolesAllowed(USER)
  @Transactional
  @Operation(
      operationId = "deleteItem",
      summary = "Delete an item",
      description =
          "Deletes an item. Only the owner and admins may call it. With If-Match, the response is"
              + " 412 if the item has changed.")
  public void delete(@PathParam("item_id") long itemId) {
    Item item = Item.findForUpdate(itemId, caller);
    responses.requirePreconditions(() -> ItemView.of(item));
    item.delete();
  }
}
