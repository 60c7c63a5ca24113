package io.satchel.platform.openapi;

import static io.satchel.platform.openapi.HeaderCustomizer.header;
import static io.satchel.platform.problems.ProblemType.BAD_REQUEST;
import static io.satchel.platform.problems.ProblemType.CONTENT_TOO_LARGE;
import static io.satchel.platform.problems.ProblemType.FORBIDDEN;
import static io.satchel.platform.problems.ProblemType.INTERNAL_ERROR;
import static io.satchel.platform.problems.ProblemType.INVALID_EMAIL_TOKEN;
import static io.satchel.platform.problems.ProblemType.INVALID_INPUT;
import static io.satchel.platform.problems.ProblemType.KEY_REUSED;
import static io.satchel.platform.problems.ProblemType.MAIL_UNAVAILABLE;
import static io.satchel.platform.problems.ProblemType.METHOD_NOT_ALLOWED;
import static io.satchel.platform.problems.ProblemType.NOT_ACCEPTABLE;
import static io.satchel.platform.problems.ProblemType.NOT_FOUND;
import static io.satchel.platform.problems.ProblemType.TAKEN;
import static io.satchel.platform.problems.ProblemType.TOO_MANY_REQUESTS;
import static io.satchel.platform.problems.ProblemType.UNAUTHORIZED;
import static io.satchel.platform.problems.ProblemType.UNAVAILABLE;
import static io.satchel.platform.problems.ProblemType.UNSUPPORTED_MEDIA_TYPE;
import static io.satchel.platform.problems.ProblemType.UNVERIFIED;
import static io.satchel.platform.problems.ProblemType.WRONG_PASSWORD;
import static java.util.stream.Collectors.joining;

import io.satchel.platform.problems.ProblemDetails;
import io.satchel.platform.problems.ProblemType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Documents the problem responses, each with examples, and adds them to the operations. */
final class ProblemResponses {

  /** Problem types that share the response of another type with the same status. */
  private static final Set<ProblemType> SHARED =
      Set.of(
          TAKEN,
          WRONG_PASSWORD,
          INVALID_EMAIL_TOKEN,
          FORBIDDEN,
          UNVERIFIED,
          KEY_REUSED,
          MAIL_UNAVAILABLE);

  private static final List<ProblemType> OF_EACH_OPERATION =
      List.of(
          BAD_REQUEST,
          NOT_ACCEPTABLE,
          CONTENT_TOO_LARGE,
          TOO_MANY_REQUESTS,
          INTERNAL_ERROR,
          UNAVAILABLE);

  private ProblemResponses() {}

  static void addTo(Components components) {
    Stream.of(ProblemType.values())
        .filter(type -> !SHARED.contains(type) && type != METHOD_NOT_ALLOWED)
        .forEach(type -> components.addResponse(type.slug(), response(type)));
    components.addResponse(OpenApiComponentNames.TAKEN, response(TAKEN, BAD_REQUEST));
    components.addResponse(KEY_REUSED.slug(), response(INVALID_INPUT, KEY_REUSED));
    components.addResponse(
        OpenApiComponentNames.WRONG_PASSWORD, response(WRONG_PASSWORD, BAD_REQUEST));
    components.addResponse(
        OpenApiComponentNames.INVALID_EMAIL_TOKEN,
        response(INVALID_EMAIL_TOKEN, TAKEN, BAD_REQUEST));
    components.addResponse(FORBIDDEN.slug(), response(FORBIDDEN, UNVERIFIED));
    components.addResponse(
        OpenApiComponentNames.MAIL_UNAVAILABLE, response(MAIL_UNAVAILABLE, UNAVAILABLE));
  }

  /** Adds the problems that the operation can report, unless the resource documents the status. */
  static void complete(Operation operation) {
    APIResponses responses = operation.getResponses();
    for (ProblemType type : typesOf(operation)) {
      String status = Integer.toString(type.status);
      if (!isDocumented(responses.getAPIResponse(status))) {
        responses.addAPIResponse(status, OASFactory.createAPIResponse().ref(type.slug()));
      }
    }
  }

  private static boolean isDocumented(APIResponse response) {
    return response != null && (response.getRef() != null || response.getContent() != null);
  }

  private static Set<ProblemType> typesOf(Operation operation) {
    Set<ProblemType> types = EnumSet.copyOf(OF_EACH_OPERATION);
    if (operation.getParameters() != null) {
      if (operation.getParameters().stream().anyMatch(ParameterCustomizer::isInPathOrQuery)) {
        types.add(INVALID_INPUT);
      }
      if (operation.getParameters().stream().anyMatch(ParameterCustomizer::isInPath)) {
        types.add(NOT_FOUND);
      }
    }
    if (operation.getSecurity() != null) {
      types.addAll(List.of(UNAUTHORIZED, FORBIDDEN));
    }
    if (operation.getRequestBody() != null) {
      types.add(UNSUPPORTED_MEDIA_TYPE);
      if (HeaderCustomizer.hasJsonBody(operation)) {
        types.add(INVALID_INPUT);
      }
    }
    return types;
  }

  /** Returns a response that is a problem of one of the given types. */
  private static APIResponse response(ProblemType... types) {
    MediaType body = OASFactory.createMediaType().schema(OASFactory.createSchema().ref("Problem"));
    for (ProblemType type : types) {
      body.addExample(type.slug(), OASFactory.createExample().value(ProblemExamples.of(type)));
    }
    APIResponse response =
        OASFactory.createAPIResponse()
            .description(Stream.of(types).map(type -> type.explanation).collect(joining(" Or: ")))
            .content(OASFactory.createContent().addMediaType(ProblemDetails.MEDIA_TYPE, body));
    return switch (types[0]) {
      case TOO_MANY_REQUESTS ->
          response
              .addHeader("Retry-After", retryAfter())
              .addHeader("RateLimit", header("The remaining requests of the caller."))
              .addHeader("RateLimit-Policy", header("The limit, in requests per minute."));
      case IN_PROGRESS, UNAVAILABLE, MAIL_UNAVAILABLE ->
          response.addHeader("Retry-After", retryAfter());
      case UNAUTHORIZED ->
          response.addHeader(
              "WWW-Authenticate", header("The required token (RFC 6750, section 3)."));
      default -> response;
    };
  }

  private static Header retryAfter() {
    return OASFactory.createHeader()
        .description("The number of seconds to wait before the next request.")
        .schema(OASFactory.createSchema().addType(SchemaType.INTEGER));
  }
}
