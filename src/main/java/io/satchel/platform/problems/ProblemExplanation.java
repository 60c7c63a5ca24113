package io.satchel.platform.problems;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The explanation of a problem type. */
@RegisterForReflection // It is serialised as the entity of a Response, which Quarkus does not see.
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
        String explanation) {

  static ProblemExplanation of(ProblemType type) {
    return new ProblemExplanation(type.uri(), type.title, type.status, type.explanation);
  }

  /** Returns the explanation as an HTML page. */
  String toHtml() {
    return """
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%1$s</title>
      </head>
      <body>
        <h1>%1$s</h1>
        <p>Status %2$d</p>
        <p>%3$s</p>
      </body>
    </html>
    """
        .formatted(title, status, explanation);
  }
}
