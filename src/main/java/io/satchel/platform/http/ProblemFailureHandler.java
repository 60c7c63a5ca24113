package io.satchel.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.satchel.platform.problems.ProblemDetails;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Writes the problems of requests that do not reach Quarkus REST. */
@Singleton
class ProblemFailureHandler {

  private final ObjectMapper json;

  @Inject
  ProblemFailureHandler(ObjectMapper json) {
    this.json = json;
  }

  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(this::handleFailure);
  }

  /** Ends a request with a problem. */
  static void fail(RoutingContext context, ProblemException problem) {
    context.fail(problem.status(), problem);
  }

  /** Handles what was rejected here, and what Vert.x itself rejected. */
  private void handleFailure(RoutingContext context) {
    HttpServerResponse response = context.response();
    Optional<ProblemException> problem =
        Optional.ofNullable(context.failure())
            .filter(ProblemException.class::isInstance)
            .map(ProblemException.class::cast);
    if (problem.isEmpty() && context.statusCode() >= 500) {
      context.next();
    } else if (!response.ended() && !response.closed()) {
      write(
          context,
          problem.orElseGet(() -> new ProblemException(ProblemType.of(context.statusCode()))));
    }
  }

  /** Writes a problem as the response. */
  void write(RoutingContext context, ProblemException problem) {
    RequestId.assign(context); // Vert.x rejects some requests before it calls the filters.
    SecurityHeaders.addTo(context);
    HttpServerResponse response = context.response();
    problem.headers().forEach(response::putHeader);
    try {
      response
          .setStatusCode(problem.status())
          .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE)
          .end(json.writeValueAsString(problem.details(context.request().path())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
