package io.satchel.items;

import static io.satchel.auth.Caller.USER;

import io.satchel.auth.Caller;
import io.satchel.http.Conditions;
import io.satchel.http.JsonReader;
import io.satchel.http.RefuseFaults;
import io.satchel.lists.Lists;
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

@Path("/items")
@Produces(MediaType.APPLICATION_JSON)
@RefuseFaults
@Tag(name = "items")
class ItemsResource {

  @Inject Caller caller;
  @Inject ItemCreation creation;
  @Inject Lists lists;
  @Inject Conditions conditions;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(USER)
  @Operation(operationId = "createItem", summary = "Make an item of one's own")
  @APIResponseSchema(value = ItemView.class, responseCode = "201")
  public Response create(@Valid NewItem input) {
    return creation.create(input, caller.id());
  }

  @GET
  @RolesAllowed(USER)
  @Operation(operationId = "listItems", summary = "List, search and sort items")
  public RestResponse<List<ItemView>> list(@Valid @BeanParam ItemsQuery query) {
    return lists.answer(VisibleItems.list(query, caller), query, ItemView::of);
  }

  @GET
  @RolesAllowed(USER)
  @Path("{item_id}")
  @Operation(operationId = "getItem", summary = "Read an item")
  public RestResponse<ItemView> get(@PathParam("item_id") long itemId) {
    return conditions.answer(ItemView.of(Item.withId(itemId, caller)));
  }

  @PUT
  @Path("{item_id}")
  @Consumes({MediaType.APPLICATION_JSON, JsonReader.MERGE_PATCH})
  @RolesAllowed(USER)
  @Transactional
  @Operation(operationId = "replaceItem", summary = "Change the members of an item that are sent")
  public RestResponse<ItemView> replace(
      @PathParam("item_id") long itemId, @Valid ItemChange change) {
    return update(itemId, change);
  }

  @PATCH
  @Path("{item_id}")
  @Consumes({MediaType.APPLICATION_JSON, JsonReader.MERGE_PATCH})
  @RolesAllowed(USER)
  @Transactional
  @Operation(operationId = "updateItem", summary = "Change the members of an item that are sent")
  public RestResponse<ItemView> update(
      @PathParam("item_id") long itemId, @Valid ItemChange change) {
    Item item = Item.toChange(itemId, caller);
    conditions.require(() -> ItemView.of(item));
    change.applyTo(item);
    Item.flush();
    return conditions.ok(ItemView.of(item));
  }

  @DELETE
  @Path("{item_id}")
  @Produces(MediaType.WILDCARD) // as there is nothing to negotiate
  @RolesAllowed(USER)
  @Transactional
  @Operation(operationId = "deleteItem", summary = "Delete an item")
  public void delete(@PathParam("item_id") long itemId) {
    Item item = Item.toChange(itemId, caller);
    conditions.require(() -> ItemView.of(item));
    item.delete();
  }
}
