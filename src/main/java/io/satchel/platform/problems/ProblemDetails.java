package io.satchel.platform.problems;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of an error response (RFC 9457, section 3). */
@Schema(
    name = "Problem",
    description = "An error response (RFC 9457).",
    requiredProperties = {"type", "title", "status", "detail", "instance"})
// It is serialised outside of a resource method, where Quarkus does not see it.
@RegisterForReflection(registerFullHierarchy = true)
public record ProblemDetails(
    @Schema(
            implementation = String.class,
            format = "uri-reference",
            description = "The problem type: the path of a page that explains it.",
            examples = "/problems/not-found")
        URI type,
    @Schema(description = "The name of the problem type.", examples = "Not found") String title,
    @Schema(description = "The HTTP status.", examples = "404") int status,
    @Schema(
            description = "An explanation of this occurrence of the problem, for a person.",
            examples = "Item not found")
        String detail,
    @Schema(
            format = "uri-reference",
            description = "The path of the request.",
            examples = "/items/7")
        String instance,
    @Schema(description = "All invalid values of the request.") @JsonInclude(Include.NON_NULL)
        List<InputError> errors,
    @Schema(
            description = "Identifies this internal error in the service's log.",
            examples = "0f8fad5b-d9cb-469f-a165-70867728950e")
        @JsonInclude(Include.NON_NULL)
        String traceId) {

  /** The media type of an error response. */
  public static final String MEDIA_TYPE = "application/problem+json";

  ProblemDetails(
      ProblemType type, String detail, String instance, List<InputError> errors, String traceId) {
    this(type.uri(), type.title, type.status, detail, instance, errors, traceId);
  }

  /** Returns the body of a 500 response, which contains no internals of the program. */
  public static ProblemDetails internalError(String instance, String traceId) {
    ProblemType type = ProblemType.INTERNAL_ERROR;
    return new ProblemDetails(type, type.explanation, instance, null, traceId);
  }

  /** Returns a response with this body. */
  public Response.ResponseBuilder toResponse() {
    return Response.status(status).type(MEDIA_TYPE).entity(this);
  }
}
