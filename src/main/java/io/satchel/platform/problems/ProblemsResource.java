package io.satchel.platform.problems;

import io.quarkus.qute.Engine;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

@RunOnVirtualThread
@Path("/problems")
@Tag(name = "problems", description = "Explanations of the types of error responses.")
class ProblemsResource {

  /** The explanation of a problem type. */
  record ProblemExplanation(
      @Schema(
              implementation = String.class,
              format = "uri-reference",
              description = "The problem type, as error responses contain it.",
              examples = "/problems/not-found")
          URI type,
      @Schema(description = "The name of the problem type.", examples = "Not found") String title,
      @Schema(description = "The HTTP status.", examples = "404") int status,
      @Schema(
              description = "What the problem means, and what a client can do about it.",
              examples = "The resource does not exist, or you are not allowed to see it.")
          String explanation) {}

  @Inject Engine templates;

  @GET
  @PermitAll
  @Path("{name}")
  @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
  @ResponseHeader(name = HttpHeaders.VARY, value = HttpHeaders.ACCEPT)
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
  public String explain(
      @Parameter(description = "The last segment of the problem type.") @PathParam("name")
          String name) {
    ProblemType type = find(name);
    return templates.getTemplate("problem.html").data("type", type).render();
  }

  @GET
  @PermitAll
  @Path("{name}")
  @Produces(MediaType.APPLICATION_JSON + ";qs=0.5") // A page is the default.
  @Operation(hidden = true)
  public RestResponse<ProblemExplanation> explainAsJson(@PathParam("name") String name) {
    ProblemType type = find(name);
    return ResponseBuilder.ok(
            new ProblemExplanation(type.uri(), type.title, type.status, type.explanation))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  private static ProblemType find(String name) {
    return Stream.of(ProblemType.values())
        .filter(type -> type.slug().equals(name))
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound("Problem not found"));
  }
}
