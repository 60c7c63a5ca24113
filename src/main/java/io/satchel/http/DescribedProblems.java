package io.satchel.http;

import static io.satchel.http.DescribedHeaders.header;
import static io.satchel.http.ProblemType.BAD_REQUEST;
import static io.satchel.http.ProblemType.INVALID_INPUT;
import static io.satchel.http.ProblemType.KEY_REUSED;
import static io.satchel.http.ProblemType.METHOD_NOT_ALLOWED;
import static io.satchel.http.ProblemType.TAKEN;
import static io.satchel.http.ProblemType.WRONG_PASSWORD;
import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The answers of the OpenAPI description that are problems, each with examples. */
final class DescribedProblems {

  /** Those that have a status in common with another that the same operations answer. */
  private static final Set<ProblemType> TOLD_WITH_ANOTHER =
      Set.of(TAKEN, WRONG_PASSWORD, KEY_REUSED);

  private DescribedProblems() {}

  static void addTo(Components components) {
    Stream.of(ProblemType.values())
        .filter(type -> !TOLD_WITH_ANOTHER.contains(type) && type != METHOD_NOT_ALLOWED)
        .forEach(type -> components.addResponse(type.slug(), response(type)));
    components.addResponse(Description.TAKEN, response(TAKEN, BAD_REQUEST));
    components.addResponse(KEY_REUSED.slug(), response(INVALID_INPUT, KEY_REUSED));
    components.addResponse(Description.WRONG_PASSWORD, response(WRONG_PASSWORD, BAD_REQUEST));
  }

  /** An answer that is a problem of one of these types. */
  private static APIResponse response(ProblemType... types) {
    MediaType body = OASFactory.createMediaType().schema(OASFactory.createSchema().ref("Problem"));
    for (ProblemType type : types) {
      body.addExample(type.slug(), OASFactory.createExample().value(example(type)));
    }
    APIResponse response =
        OASFactory.createAPIResponse()
            .description(Stream.of(types).map(type -> type.explanation).collect(joining(" Or: ")))
            .content(OASFactory.createContent().addMediaType(ProblemBody.MEDIA_TYPE, body));
    return switch (types[0]) {
      case TOO_MANY_REQUESTS ->
          response
              .addHeader("Retry-After", retryAfter())
              .addHeader("RateLimit", header("What is left of the caller's budget of requests."))
              .addHeader("RateLimit-Policy", header("The budget, in requests a minute."));
      case IN_PROGRESS, UNAVAILABLE -> response.addHeader("Retry-After", retryAfter());
      case UNAUTHORIZED ->
          response.addHeader(
              "WWW-Authenticate", header("What the request lacks (RFC 6750, section 3)."));
      default -> response;
    };
  }

  private static Header retryAfter() {
    return OASFactory.createHeader()
        .description("The seconds to wait before trying again.")
        .schema(OASFactory.createSchema().addType(SchemaType.INTEGER));
  }

  private static Map<String, Object> example(ProblemType type) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", type.uri().toString());
    problem.put("title", type.title);
    problem.put("status", type.status);
    problem.put("detail", type.explanation);
    problem.put("instance", "/users/7");
    switch (type) {
      case NOT_FOUND -> problem.put("detail", "User not found");
      case TAKEN -> {
        problem.put("detail", "Email already registered");
        problem.put("errors", errors("/email", "Email already registered"));
      }
      case WRONG_PASSWORD -> problem.put("errors", errors("/current_password", "is wrong"));
      case INVALID_INPUT -> {
        problem.put("detail", Problem.INVALID_VALUES);
        problem.put("errors", errors("/email", "must not be null"));
      }
      case INTERNAL_ERROR -> problem.put("trace_id", "0f8fad5b-d9cb-469f-a165-70867728950e");
      default -> {}
    }
    return problem;
  }

  private static List<Map<String, Object>> errors(String pointer, String detail) {
    Map<String, Object> fault = new LinkedHashMap<>();
    fault.put("pointer", pointer);
    fault.put("detail", detail);
    return List.of(fault);
  }
}
