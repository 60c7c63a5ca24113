package io.satchel.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Lets a request in once it is whole: with a host, and with a body that is no larger than 64 KiB.
 * Bodies are read here, so that a client that is slow to send one keeps no thread waiting.
 */
@Singleton
class Gate {

  /** Comes before Quarkus's own limit of the body (at 2), which answers with no body of its own. */
  private static final int PRIORITY = 10;

  private final ObjectMapper json;

  @Inject
  Gate(ObjectMapper json) {
    this.json = json;
  }

  void open(@Observes Filters filters, Router router) {
    filters.register(this::admit, PRIORITY);
    router.route().order(Integer.MIN_VALUE).failureHandler(this::explain);
  }

  private void admit(RoutingContext context) {
    HttpServerRequest request = context.request();
    HostAndPort authority = request.authority(); // it is part of the URLs in answers
    boolean oneHost = request.headers().getAll(HttpHeaders.HOST).size() == 1;
    if (authority == null || authority.host().isEmpty() || !oneHost) {
      context.fail(ProblemType.BAD_REQUEST.status);
    } else {
      Body.read(context);
    }
  }

  /** What is refused here, and by Vert.x itself; if there is anybody to be told. */
  private void explain(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (context.statusCode() >= 500) {
      context.next();
    } else if (!response.ended() && !response.closed()) {
      refuse(context, ProblemType.of(context.statusCode()));
    }
  }

  /** Answers with that problem, where Quarkus REST is not there to do so. */
  void refuse(RoutingContext context, ProblemType type) {
    RequestId.assign(context); // Vert.x refuses some before there are filters
    SecurityHeaders.addTo(context);
    ProblemBody problem = new Problem(type).at(context.request().path());
    try {
      context
          .response()
          .setStatusCode(problem.status())
          .putHeader(HttpHeaders.CONTENT_TYPE, ProblemBody.MEDIA_TYPE)
          .end(json.writeValueAsString(problem));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
