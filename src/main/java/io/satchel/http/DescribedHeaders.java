package io.satchel.http;

import static io.satchel.http.ProblemType.IN_PROGRESS;
import static io.satchel.http.ProblemType.KEY_REUSED;
import static io.satchel.http.ProblemType.PRECONDITION_FAILED;

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

/** The headers that operations have in common, by what the operations are. */
final class DescribedHeaders {

  private static final Map<String, String> OF_REQUESTS = new LinkedHashMap<>();
  private static final Map<String, String> OF_ANSWERS = new LinkedHashMap<>();

  static {
    OF_REQUESTS.put(
        "Idempotency-Key",
        "Made up for each request, such as a UUID: sent with it again, the request has no effect"
            + " again, and is answered as it was before, for 24 hours.");
    OF_REQUESTS.put(
        "If-Match", "The ETag of what is to be changed: if that has changed meanwhile, 412.");
    OF_REQUESTS.put("If-None-Match", "The ETag of what is known: if it is still that, 304.");
    OF_REQUESTS.put("Prefer", "count=exact: to hear how many there are, in X-Total-Count.");
    OF_ANSWERS.put("ETag", "What changes whenever this does.");
    OF_ANSWERS.put("Idempotent-Replayed", "true, where this is the answer to an earlier request.");
    OF_ANSWERS.put("Last-Modified", "When this changed last, to the second.");
    OF_ANSWERS.put(
        "Link",
        "The first page, rel=\"first\"; and the next, rel=\"next\", while there is more (RFC 8288).");
    OF_ANSWERS.put("Location", "The URL of what was created.");
    OF_ANSWERS.put("Preference-Applied", "count=exact, where it was preferred.");
    OF_ANSWERS.put("X-Total-Count", "How many there are on all pages, where that was preferred.");
  }

  private DescribedHeaders() {}

  static void addTo(Components components) {
    OF_REQUESTS.forEach((name, text) ->
        components.addParameter(
            name,
            OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .description(text)
                .schema(string())));
    OF_ANSWERS.forEach((name, text) -> components.addHeader(name, header(text)));
  }

  static void complete(
      HttpMethod method, Operation operation, String path, Map<String, Schema> schemas) {
    APIResponses responses = operation.getResponses();
    if (operation.getOperationId().startsWith("list")) {
      take(operation, "Prefer");
      answer(responses, "200", "Link", "X-Total-Count", "Preference-Applied");
    }
    if (method == HttpMethod.POST && !path.startsWith("/token")) {
      take(operation, "Idempotency-Key");
      responses.addAPIResponse("409", problem(IN_PROGRESS));
      responses.addAPIResponse("422", problem(KEY_REUSED));
      answer(responses, "201", "Idempotent-Replayed");
      if (isOne(responses.getAPIResponse("201"), schemas)) {
        answer(responses, "201", "Location", "ETag", "Last-Modified");
      }
    }
    if (isOne(responses.getAPIResponse("200"), schemas)) {
      answer(responses, "200", "ETag", "Last-Modified");
      if (method == HttpMethod.GET) {
        take(operation, "If-None-Match");
        responses.addAPIResponse(
            "304",
            OASFactory.createAPIResponse().description("It is still what the client knows."));
        answer(responses, "304", "ETag", "Last-Modified");
        responses.addAPIResponse("412", problem(PRECONDITION_FAILED));
      }
    }
    if (path.endsWith("}") && method != HttpMethod.GET) {
      take(operation, "If-Match");
      responses.addAPIResponse("412", problem(PRECONDITION_FAILED));
    }
  }

  /** Whether an answer is a resource that can change. */
  private static boolean isOne(APIResponse answer, Map<String, Schema> schemas) {
    return answer != null
        && answer.getContent() != null
        && answer.getContent().getMediaTypes().values().stream()
            .map(type ->
                schemas.get(String.valueOf(type.getSchema().getRef()).replaceAll(".*/", "")))
            .anyMatch(schema ->
                schema != null
                    && schema.getProperties() != null
                    && schema.getProperties().containsKey("updated_at"));
  }

  private static void take(Operation operation, String header) {
    operation.addParameter(OASFactory.createParameter().ref(header));
  }

  private static void answer(APIResponses responses, String status, String... headers) {
    for (String header : headers) {
      responses.getAPIResponse(status).addHeader(header, OASFactory.createHeader().ref(header));
    }
  }

  private static APIResponse problem(ProblemType type) {
    return OASFactory.createAPIResponse().ref(type.slug());
  }

  /** A header of text. */
  static Header header(String description) {
    return OASFactory.createHeader().description(description).schema(string());
  }

  private static Schema string() {
    return OASFactory.createSchema().addType(SchemaType.STRING);
  }
}
