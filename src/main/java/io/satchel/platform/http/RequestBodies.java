package io.satchel.platform.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.satchel.platform.clients.ClientAddress;
import io.satchel.platform.clients.ClientLimits;
import io.satchel.platform.clients.MemoryBudget;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.satchel.platform.text.Paths;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/**
 * Reads the body of a POST, PUT or PATCH on the event loop, before the request counts as running,
 * so that a slow client blocks no other (ADR 5). A body has up to 64 KiB; that of a {@code POST} to
 * a path that ends with {@code /batch} has up to 4 MiB, if the caller is authenticated.
 */
@ApplicationScoped
class RequestBodies {

  private static final int MAX_BATCH_BYTES = 4 * 1024 * 1024;

  private static final Set<HttpMethod> METHODS =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  /** More than one of the largest bodies, beside which the client sends others. */
  private static final long MIN_BYTES_OF_CLIENT = 5 * 1024 * 1024;

  private final ClientLimits limits;
  private final MemoryBudget memory;

  @Inject IdentityProviderManager identities;
  @Inject ClientAddress client;

  @Inject
  RequestBodies(ClientLimits limits, MeterRegistry metrics) {
    this.limits = limits;
    long max = Runtime.getRuntime().maxMemory() / 100 * limits.requestMemory();
    this.memory =
        new MemoryBudget(
            "satchel.request.bodies", max, Math.max(max / 4, MIN_BYTES_OF_CLIENT), metrics);
  }

  /** Runs before the request takes a place. */
  @ServerRequestFilter(preMatching = true, priority = Priorities.AUTHENTICATION - 1)
  Uni<Response> read(ContainerRequestContext context, RoutingContext routing) {
    HttpServerRequest request = routing.request();
    requireHost(request);
    requireOneIdentity(request);
    if (!METHODS.contains(request.method())) {
      return Uni.createFrom().nullItem();
    }
    requireNoEncoding(request);
    BodyReader reader = new BodyReader(request, client.network(), memory);
    long timer =
        routing.vertx().setTimer(limits.requestTimeout().toMillis(), now -> reader.expire());
    // Before the client can send the next body. A request without a response ends as well.
    routing.addHeadersEndHandler(response -> reader.release());
    CurrentRequestManager.get()
        .registerCompletionCallback(failure -> {
          routing.vertx().cancelTimer(timer);
          reader.release();
        });
    return read(reader, routing)
        .invoke(body -> context.setEntityStream(new ByteArrayInputStream(body.getBytes())))
        .map(body -> null);
  }

  /** Links in responses contain the host (RFC 9112, section 3.2). */
  private static void requireHost(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    boolean hasManyHosts = request.headers().getAll(HttpHeaders.HOST).size() > 1;
    if (authority == null || authority.host().isEmpty() || hasManyHosts) {
      throw new ProblemException(ProblemType.BAD_REQUEST);
    }
  }

  /** Whoever checks one of two tokens must not let the other one through. */
  private static void requireOneIdentity(HttpServerRequest request) {
    if (request.headers().getAll(HttpHeaders.AUTHORIZATION).stream().distinct().count() > 1) {
      throw new ProblemException(ProblemType.BAD_REQUEST);
    }
  }

  private static void requireNoEncoding(HttpServerRequest request) {
    String encoding = String.join(", ", request.headers().getAll(HttpHeaders.CONTENT_ENCODING));
    if (!encoding.isEmpty() && !encoding.equalsIgnoreCase(HttpHeaders.IDENTITY.toString())) {
      throw ProblemException.unsupportedEncoding();
    }
  }

  private Uni<Buffer> read(BodyReader reader, RoutingContext routing) {
    HttpServerRequest request = routing.request();
    boolean isBatch =
        request.method().equals(HttpMethod.POST)
            && Paths.withoutSlash(routing.normalizedPath()).endsWith("/batch");
    if (!isBatch) {
      return reader.read(
          BodyReader.SMALL_BYTES, new ProblemException(ProblemType.CONTENT_TOO_LARGE));
    }
    Context eventLoop = routing.vertx().getOrCreateContext();
    return QuarkusHttpUser.getSecurityIdentity(routing, identities)
        .map(identity -> !identity.isAnonymous())
        .onFailure(AuthenticationFailedException.class)
        .recoverWithItem(false)
        .emitOn(task -> eventLoop.runOnContext(event -> task.run()))
        .chain(isAuthenticated ->
            isAuthenticated
                ? reader.read(MAX_BATCH_BYTES, new ProblemException(ProblemType.CONTENT_TOO_LARGE))
                : reader.read(BodyReader.SMALL_BYTES, unauthorized(request)));
  }

  private static ProblemException unauthorized(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.AUTHORIZATION)
        ? ProblemException.invalidToken()
        : new ProblemException(ProblemType.UNAUTHORIZED);
  }
}
