package io.satchel.http;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Explains each type of problem to a person who follows it. */
@Path("/problems")
@Produces(MediaType.TEXT_HTML)
@RefuseFaults
@Tag(name = "problems")
class ProblemsResource {

  @GET
  @PermitAll
  @Path("{name}")
  @Operation(operationId = "explainProblem", summary = "Explain a type of problem")
  public String explain(@PathParam("name") String name) {
    ProblemType type =
        Stream.of(ProblemType.values())
            .filter(candidate -> candidate.slug().equals(name))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("Problem not found"));
    return """
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <title>%1$s</title>
      </head>
      <body>
        <h1>%1$s</h1>
        <p>Status %2$d</p>
        <p>%3$s</p>
      </body>
    </html>
    """
        .formatted(type.title, type.status, type.explanation);
  }
}
