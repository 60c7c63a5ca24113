package io.satchel.platform.openapi;

import io.satchel.platform.problems.ProblemType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Documents the request and response headers that several operations have. */
final class HeaderCustomizer {

  private static final Map<String, String> REQUEST_HEADERS = new LinkedHashMap<>();
  private static final Map<String, String> RESPONSE_HEADERS = new LinkedHashMap<>();

  static {
    REQUEST_HEADERS.put(
        "Idempotency-Key",
        "A unique value for each request, such as a UUID. A retry with the same key does not take"
            + " effect again, and receives the response of the first request, for 24 hours.");
    REQUEST_HEADERS.put(
        "If-Match",
        "The ETag of the representation that you have read. If the resource has changed since, the"
            + " response is 412.");
    REQUEST_HEADERS.put(
        "If-None-Match",
        "The ETag of the representation that you have. If it is still current, the response is"
            + " 304.");
    REQUEST_HEADERS.put("Prefer", "count=exact requests the header X-Total-Count.");
    RESPONSE_HEADERS.put("ETag", "Identifies this representation. It changes with the content.");
    RESPONSE_HEADERS.put(
        "Idempotent-Replayed", "true if this is the stored response of an earlier request.");
    RESPONSE_HEADERS.put("Last-Modified", "When the resource last changed, in seconds.");
    RESPONSE_HEADERS.put(
        "Link",
        "Links to the first page (rel=\"first\") and, if there is one, to the next page"
            + " (rel=\"next\"), as in RFC 8288.");
    RESPONSE_HEADERS.put("Location", "The URL of the new resource.");
    RESPONSE_HEADERS.put("Preference-Applied", "count=exact if the request preferred it.");
    RESPONSE_HEADERS.put(
        "X-Total-Count", "The number of elements on all pages, if the request preferred it.");
  }

  private HeaderCustomizer() {}

  static void addTo(Components components) {
    REQUEST_HEADERS.forEach((name, description) ->
        components.addParameter(
            name,
            OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .description(description)
                .schema(string())));
    RESPONSE_HEADERS.forEach(
        (name, description) -> components.addHeader(name, header(description)));
  }

  /**
   * Adds the headers of an operation.
   *
   * @param isResource whether its path is that of a single resource that can be read
   */
  static void complete(
      HttpMethod method, Operation operation, boolean isResource, Map<String, Schema> schemas) {
    APIResponses responses = operation.getResponses();
    if (operation.getOperationId().startsWith("list")) {
      addRequestHeader(operation, "Prefer");
      addResponseHeaders(responses, "200", "Link", "X-Total-Count", "Preference-Applied");
    }
    if (responses.getAPIResponse("201") != null) {
      addRequestHeader(operation, "Idempotency-Key");
      responses.addAPIResponse("409", problem(ProblemType.IN_PROGRESS));
      responses.addAPIResponse("422", problem(ProblemType.KEY_REUSED));
      addResponseHeaders(responses, "201", "Idempotent-Replayed");
      if (responses.getAPIResponse("202") != null) {
        addResponseHeaders(responses, "202", "Idempotent-Replayed");
      }
      if (hasValidators(responses.getAPIResponse("201"), schemas)) {
        addResponseHeaders(responses, "201", "Location", "ETag", "Last-Modified");
      }
    }
    if (hasValidators(responses.getAPIResponse("200"), schemas)) {
      addResponseHeaders(responses, "200", "ETag", "Last-Modified");
      if (method == HttpMethod.GET) {
        addRequestHeader(operation, "If-None-Match");
        responses.addAPIResponse(
            "304",
            OASFactory.createAPIResponse()
                .description("The client already has the current representation."));
        addResponseHeaders(responses, "304", "ETag", "Last-Modified");
        responses.addAPIResponse("412", problem(ProblemType.PRECONDITION_FAILED));
      }
    }
    if (isResource && method != HttpMethod.GET) {
      addRequestHeader(operation, "If-Match");
      responses.addAPIResponse("412", problem(ProblemType.PRECONDITION_FAILED));
    }
  }

  static boolean hasJsonBody(Operation operation) {
    return operation.getRequestBody() != null
        && operation.getRequestBody().getContent().hasMediaType("application/json");
  }

  /** Returns whether the body of a response is a resource, which has an updated_at member. */
  private static boolean hasValidators(APIResponse response, Map<String, Schema> schemas) {
    return response != null
        && response.getContent() != null
        && response.getContent().getMediaTypes().values().stream()
            .map(type ->
                schemas.get(String.valueOf(type.getSchema().getRef()).replaceAll(".*/", "")))
            .anyMatch(schema ->
                schema != null
                    && schema.getProperties() != null
                    && schema.getProperties().containsKey("updated_at"));
  }

  private static void addRequestHeader(Operation operation, String header) {
    operation.addParameter(OASFactory.createParameter().ref(header));
  }

  private static void addResponseHeaders(APIResponses responses, String status, String... headers) {
    for (String header : headers) {
      responses.getAPIResponse(status).addHeader(header, OASFactory.createHeader().ref(header));
    }
  }

  private static APIResponse problem(ProblemType type) {
    return OASFactory.createAPIResponse().ref(type.slug());
  }

  /** Returns a header whose value is a string. */
  static Header header(String description) {
    return OASFactory.createHeader().description(description).schema(string());
  }

  private static Schema string() {
    return OASFactory.createSchema().addType(SchemaType.STRING);
  }
}
