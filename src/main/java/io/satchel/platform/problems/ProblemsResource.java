package io.satchel.platform.problems;

import io.satchel.platform.negotiation.ContentNegotiation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Serves the explanation of each problem type, as HTML for people and as JSON for programs. */
@RunOnVirtualThread
@Path("/problems")
@Tag(name = "problems", description = "Explanations of the types of error responses.")
class ProblemsResource {

  private static final List<MediaType> OFFERED =
      List.of(MediaType.TEXT_HTML_TYPE, MediaType.APPLICATION_JSON_TYPE);

  @GET
  @PermitAll
  @Path("{name}")
  @Produces({MediaType.TEXT_HTML, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "explainProblem",
      summary = "Explain a problem type",
      description =
          "Returns the meaning of a problem type, and what a client can do about it. Anyone may call"
              + " it. The type member of each error response is the path of this operation.")
  @APIResponse(
      responseCode = "200",
      description = "The explanation of the problem type.",
      content = {
        @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(implementation = String.class)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ProblemExplanation.class))
      })
  public Response explain(
      @Parameter(description = "The last segment of the problem type.") @PathParam("name")
          String name,
      @Context HttpHeaders headers) {
    ProblemExplanation explanation =
        Stream.of(ProblemType.values())
            .filter(type -> type.slug().equals(name))
            .map(ProblemExplanation::of)
            .findFirst()
            .orElseThrow(() -> ProblemException.notFound("Problem not found"));
    MediaType type = ContentNegotiation.select(headers, OFFERED);
    Response.ResponseBuilder response =
        type.equals(MediaType.TEXT_HTML_TYPE)
            ? Response.ok(explanation.toHtml(), type.withCharset("UTF-8"))
            : Response.ok(explanation, type);
    return response.header(HttpHeaders.VARY, HttpHeaders.ACCEPT).build();
  }
}
