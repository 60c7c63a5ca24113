package io.satchel.items;

import static io.satchel.auth.Caller.USER;

import io.satchel.auth.Caller;
import io.satchel.http.RefuseFaults;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Items by the thousand. */
@Path("/items")
@Produces(MediaType.APPLICATION_JSON)
@RefuseFaults
@Tag(name = "items")
class ManyItemsResource {

  @Inject Caller caller;
  @Inject ItemCreation creation;
  @Inject ItemsExport exports;

  @POST
  @Path("batch")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(USER)
  @Operation(
      operationId = "createItems",
      summary = "Make up to 1,000 items of one's own, all or none of them")
  @RequestBody(
      required = true,
      content =
          @Content(
              schema =
                  @Schema(
                      type = SchemaType.ARRAY,
                      implementation = NewItem.class,
                      minItems = 1,
                      maxItems = ItemCreation.MAX)))
  @APIResponse(
      responseCode = "201",
      description = "The items, in the order in which they were sent.",
      content =
          @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = ItemView.class)))
  public Response createAll(List<@NotNull @Valid NewItem> input) {
    return creation.create(input, caller.id());
  }

  @GET
  @Path("export")
  @Produces({ItemsExport.NDJSON, ItemsExport.CSV})
  @RolesAllowed(USER)
  @Operation(
      operationId = "exportItems",
      summary = "Read all items that one may see, by id, as JSON lines or as CSV")
  @APIResponse(
      responseCode = "200",
      description = "An item in each line; CSV has a line with the names of the columns first.",
      content = {
        @Content(
            mediaType = ItemsExport.NDJSON,
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(
            mediaType = ItemsExport.CSV,
            schema = @Schema(type = SchemaType.STRING, format = "binary"))
      })
  public Response export(@Context HttpHeaders headers) {
    return exports.answer(headers, VisibleItems.all(null, caller));
  }
}
