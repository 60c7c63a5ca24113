package io.satchel.http;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON_TYPE;
import static jakarta.ws.rs.core.MediaType.TEXT_HTML_TYPE;

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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Explains each type of problem, to a person who follows it and to a program that asks. */
@Path("/problems")
@RefuseFaults
@Tag(name = "problems")
class ProblemsResource {

  private static final List<MediaType> OFFERED = List.of(TEXT_HTML_TYPE, APPLICATION_JSON_TYPE);

  @GET
  @PermitAll
  @Path("{name}")
  @Produces({MediaType.TEXT_HTML, MediaType.APPLICATION_JSON})
  @Operation(operationId = "explainProblem", summary = "Explain a type of problem")
  @APIResponse(
      responseCode = "200",
      description = "What the problem is, and what to do about it.",
      content = {
        @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(implementation = String.class)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ProblemExplanation.class))
      })
  public Response explain(@PathParam("name") String name, @Context HttpHeaders headers) {
    ProblemExplanation explanation =
        Stream.of(ProblemType.values())
            .filter(candidate -> candidate.slug().equals(name))
            .map(ProblemExplanation::of)
            .findFirst()
            .orElseThrow(() -> Problem.notFound("Problem not found"));
    MediaType type = Negotiation.choose(headers, OFFERED);
    Response.ResponseBuilder answer =
        TEXT_HTML_TYPE.equals(type)
            ? Response.ok(explanation.page(), type.withCharset("UTF-8"))
            : Response.ok(explanation, type);
    return answer.header(HttpHeaders.VARY, HttpHeaders.ACCEPT).build();
  }
}
