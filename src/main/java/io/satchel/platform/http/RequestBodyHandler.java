package io.satchel.platform.http;

import io.quarkus.arc.All;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Reads each request body on the event loop, before it counts as running, so that a slow client
 * blocks no other (ADR 7). It also rejects requests without exactly one host (RFC 9112, section
 * 3.2).
 */
@Singleton
class RequestBodyHandler {

  /** Runs before Quarkus's own limit of the body (2), whose 413 response has no body. */
  private static final int PRIORITY = 10;

  private final IdentityProviderManager identities;
  private final List<LargeBodyPath> largeBodyPaths;

  @Inject
  RequestBodyHandler(IdentityProviderManager identities, @All List<LargeBodyPath> largeBodyPaths) {
    this.identities = identities;
    this.largeBodyPaths = largeBodyPaths;
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  private void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    HostAndPort authority = request.authority(); // Links in responses contain it.
    boolean hasOneHost = request.headers().getAll(HttpHeaders.HOST).size() == 1;
    if (authority == null || authority.host().isEmpty() || !hasOneHost) {
      ProblemFailureHandler.fail(context, new ProblemException(ProblemType.BAD_REQUEST));
    } else if (largeBodyPaths.stream().anyMatch(path -> path.matches(context.normalizedPath()))) {
      authenticateAndRead(context);
    } else {
      BoundedBodyReader.read(context);
    }
  }

  /** Only reads a large body if the request has a valid token. */
  private void authenticateAndRead(RoutingContext context) {
    Context connection = context.vertx().getOrCreateContext();
    context.request().pause();
    QuarkusHttpUser.getSecurityIdentity(context, identities)
        .map(identity -> !identity.isAnonymous())
        .onFailure(AuthenticationFailedException.class)
        .recoverWithItem(false)
        .subscribe()
        .with(
            isAuthenticated -> connection.runOnContext(event -> read(context, isAuthenticated)),
            failure ->
                connection.runOnContext(
                    event -> ProblemFailureHandler.fail(context, ProblemException.unavailable())));
  }

  private static void read(RoutingContext context, boolean isAuthenticated) {
    if (isAuthenticated) {
      BoundedBodyReader.readLarge(context);
    } else {
      boolean hasToken = context.request().headers().contains(HttpHeaders.AUTHORIZATION);
      BoundedBodyReader.read(
          context, hasToken ? ProblemException.invalidToken() : ProblemException.missingToken());
    }
  }
}
