package io.satchel.items;

import static io.satchel.auth.Caller.USER;

import io.satchel.auth.Caller;
import io.satchel.http.Cursor;
import io.satchel.http.JsonReader;
import io.satchel.http.Page;
import io.satchel.http.RefuseFaults;
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

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(USER)
  @Transactional
  @Operation(operationId = "createItem", summary = "Make an item of one's own")
  @APIResponseSchema(value = ItemView.class, responseCode = "201")
  public RestResponse<ItemView> create(@Valid NewItem input) {
    Item item = input.toItemOf(caller.id());
    item.save(caller);
    return ItemView.created(item);
  }

  @GET
  @RolesAllowed(USER)
  @Operation(operationId = "listItems", summary = "List items by id")
  public RestResponse<List<ItemView>> list(
      @QueryParam("skip") @DefaultValue("0") @Min(0) @Max(10_000) int skip,
      @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1_000) int limit,
      @QueryParam("after") Cursor after,
      UriInfo uri) {
    return Page.of(VisibleItems.list(caller, after, skip, limit + 1), limit, item -> item.id)
        .map(ItemView::of)
        .toResponse(uri);
  }

  @GET
  @RolesAllowed(USER)
  @Path("{item_id}")
  @Operation(operationId = "getItem", summary = "Read an item")
  public ItemView get(@PathParam("item_id") long itemId) {
    return ItemView.of(Item.withId(itemId, caller));
  }

  @PUT
  @Path("{item_id}")
  @Consumes({MediaType.APPLICATION_JSON, JsonReader.MERGE_PATCH})
  @RolesAllowed(USER)
  @Transactional
  @Operation(operationId = "replaceItem", summary = "Change the members of an item that are sent")
  public ItemView replace(@PathParam("item_id") long itemId, @Valid ItemChange change) {
    return update(itemId, change);
  }

  @PATCH
  @Path("{item_id}")
  @Consumes({MediaType.APPLICATION_JSON, JsonReader.MERGE_PATCH})
  @RolesAllowed(USER)
  @Transactional
  @Operation(operationId = "updateItem", summary = "Change the members of an item that are sent")
  public ItemView update(@PathParam("item_id") long itemId, @Valid ItemChange change) {
    Item item = Item.toChange(itemId, caller);
    change.applyTo(item);
    item.save(caller);
    return ItemView.of(item);
  }

  @DELETE
  @Path("{item_id}")
  @RolesAllowed(USER)
  @Transactional
  @Operation(operationId = "deleteItem", summary = "Delete an item")
  public void delete(@PathParam("item_id") long itemId) {
    Item.toChange(itemId, caller).delete();
  }
}
