package io.satchel.items;

import static io.satchel.auth.Caller.USER;

import io.satchel.auth.Caller;
import io.satchel.platform.input.RejectInvalidInput;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

@RunOnVirtualThread
@Path("/items")
@Produces(MediaType.APPLICATION_JSON)
@RejectInvalidInput
@Tag(name = "items")
class BulkItemsResource {

  @Inject Caller caller;
  @Inject ItemCreator creation;
  @Inject ItemExport exports;

  @POST
  @Path("batch")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(USER)
  @Operation(
      operationId = "createItems",
      summary = "Create up to 1,000 items",
      description =
          "Creates items that the caller owns: all of them, or none if one is not valid. Any user may"
              + " call it. The body may be up to 4 MiB long. With an Idempotency-Key, a retry creates"
              + " nothing twice.")
  @RequestBody(
      required = true,
      content =
          @Content(
              schema =
                  @Schema(
                      type = SchemaType.ARRAY,
                      implementation = NewItem.class,
                      minItems = 1,
                      maxItems = ItemCreator.MAX_BATCH_SIZE)))
  @APIResponse(
      responseCode = "201",
      description = "The items, in the order of the request.",
      content =
          @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = ItemView.class)))
  public Response createAll(List<@NotNull @Valid NewItem> input) {
    return creation.createAll(input, caller.id());
  }

  @GET
  @Path("export")
  @Produces(ItemExport.NDJSON + ";charset=UTF-8")
  @ResponseHeader(name = HttpHeaders.VARY, value = HttpHeaders.ACCEPT)
  @RolesAllowed(USER)
  @Operation(
      operationId = "exportItems",
      summary = "Export items",
      description =
          "Streams all items that the caller may see, by id, as JSON lines or as CSV, depending on"
              + " the Accept header. Any user may call it. Items that change during the export may"
              + " be missing or outdated. A caller can run two exports at a time.")
  @APIResponse(
      responseCode = "200",
      description = "One item in each line. CSV has a line with the column names first.",
      content = {
        @Content(
            mediaType = ItemExport.NDJSON,
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(
            mediaType = ItemExport.CSV,
            schema = @Schema(type = SchemaType.STRING, format = "binary"))
      })
  public StreamingOutput export() {
    return exports.jsonLines(VisibleItems.all(null, caller));
  }

  @GET
  @Path("export")
  @Produces(ItemExport.CSV + ";charset=UTF-8")
  @ResponseHeader(name = HttpHeaders.VARY, value = HttpHeaders.ACCEPT)
  @RolesAllowed(USER)
  @Operation(hidden = true)
  public StreamingOutput exportAsCsv() {
    return exports.csv(VisibleItems.all(null, caller));
  }
}
