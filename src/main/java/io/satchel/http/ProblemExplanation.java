package io.satchel.http;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a type of problem means. */
@RegisterForReflection // which is written as what a Response holds
record ProblemExplanation(
    @Schema(
            implementation = String.class,
            format = "uri-reference",
            description = "The type, as problems have it.",
            examples = "/problems/not-found")
        URI type,
    @Schema(description = "The type in a few words.", examples = "Not found") String title,
    @Schema(description = "The HTTP status.", examples = "404") int status,
    @Schema(
            description = "What it means, and what to do about it.",
            examples = "There is nothing at this address, or nothing that you may see.")
        String explanation) {

  static ProblemExplanation of(ProblemType type) {
    return new ProblemExplanation(type.uri(), type.title, type.status, type.explanation);
  }

  /** The same for a person. */
  String page() {
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
