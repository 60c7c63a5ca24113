package io.satchel.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A problem as it is sent (RFC 9457, section 3). */
@Schema(
    name = "Problem",
    description = "What went wrong with a request (RFC 9457).",
    requiredProperties = {"type", "title", "status", "detail", "instance"})
@RegisterForReflection(registerFullHierarchy = true) // which is written outside of a resource
record ProblemBody(
    @Schema(
            implementation = String.class,
            format = "uri-reference",
            description = "The kind of problem: the path of a page that explains it.",
            examples = "/problems/not-found")
        URI type,
    @Schema(description = "The kind of problem in a few words.", examples = "Not found")
        String title,
    @Schema(description = "The HTTP status.", examples = "404") int status,
    @Schema(description = "What went wrong, for a person.", examples = "Item not found")
        String detail,
    @Schema(
            format = "uri-reference",
            description = "The path that was asked for.",
            examples = "/items/7")
        String instance,
    @Schema(description = "Each of the values that are not valid, and why.")
        @JsonInclude(Include.NON_NULL)
        List<Fault> errors,
    @Schema(
            description = "Finds this fault of the service's own in its log.",
            examples = "0f8fad5b-d9cb-469f-a165-70867728950e")
        @JsonInclude(Include.NON_NULL)
        String traceId) {

  static final String MEDIA_TYPE = "application/problem+json";

  ProblemBody(
      ProblemType type, String detail, String instance, List<Fault> errors, String traceId) {
    this(type.uri(), type.title, type.status, detail, instance, errors, traceId);
  }

  static ProblemBody internalError(String instance, String traceId) {
    ProblemType type = ProblemType.INTERNAL_ERROR;
    return new ProblemBody(type, type.explanation, instance, null, traceId);
  }

  Response.ResponseBuilder toResponse() {
    return Response.status(status).type(MEDIA_TYPE).entity(this);
  }
}
