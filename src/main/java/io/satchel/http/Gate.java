package io.satchel.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/**
 * Lets a request in once it is whole: with a host, and with a body that is not too large. Bodies
 * are read here, so that a client that is slow to send one keeps no thread waiting.
 */
@Singleton
class Gate {

  /** Comes before Quarkus's own limit of the body (at 2), which answers with no body of its own. */
  private static final int PRIORITY = 10;

  /** Where many things are sent at once. */
  private static final Pattern MANY = Pattern.compile("/items/batch/?");

  private final ObjectMapper json;
  private final IdentityProviderManager identities;

  @Inject
  Gate(ObjectMapper json, IdentityProviderManager identities) {
    this.json = json;
    this.identities = identities;
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
      fail(context, new Problem(ProblemType.BAD_REQUEST));
    } else if (MANY.matcher(context.normalizedPath()).matches()) {
      readMany(context);
    } else {
      Body.read(context);
    }
  }

  /** Reads a body that may be large, once it is known whether its sender is. */
  private void readMany(RoutingContext context) {
    Context connection = context.vertx().getOrCreateContext();
    context.request().pause();
    QuarkusHttpUser.getSecurityIdentity(context, identities)
        .map(caller -> !caller.isAnonymous())
        .onFailure(AuthenticationFailedException.class)
        .recoverWithItem(false)
        .subscribe()
        .with(
            isKnown -> connection.runOnContext(then -> readMany(context, isKnown)),
            outage -> connection.runOnContext(then -> fail(context, Problem.unavailable())));
  }

  private static void readMany(RoutingContext context, boolean isKnown) {
    if (isKnown) {
      Body.readMany(context);
    } else {
      Body.read(context, Problem.unauthorized(challenge(context.request())));
    }
  }

  private static void fail(RoutingContext context, Problem problem) {
    context.fail(problem.status(), problem);
  }

  /** What is refused here, and by Vert.x itself; if there is anybody to be told. */
  private void explain(RoutingContext context) {
    HttpServerResponse response = context.response();
    boolean isOurs = context.failure() instanceof Problem;
    if (context.statusCode() >= 500 && !isOurs) {
      context.next();
    } else if (!response.ended() && !response.closed()) {
      refuse(
          context,
          isOurs ? (Problem) context.failure() : new Problem(ProblemType.of(context.statusCode())));
    }
  }

  private static String challenge(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.AUTHORIZATION) ? Problem.INVALID_TOKEN : "Bearer";
  }

  /** Answers with that problem, where Quarkus REST is not there to do so. */
  void refuse(RoutingContext context, Problem problem) {
    RequestId.assign(context); // Vert.x refuses some before there are filters
    SecurityHeaders.addTo(context);
    HttpServerResponse response = context.response();
    problem.headers().forEach(response::putHeader);
    try {
      response
          .setStatusCode(problem.status())
          .putHeader(HttpHeaders.CONTENT_TYPE, ProblemBody.MEDIA_TYPE)
          .end(json.writeValueAsString(problem.at(context.request().path())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
