package io.satchel.platform.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.satchel.platform.concurrency.ConcurrentRequestLimit;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.concurrent.Semaphore;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/**
 * Reads request bodies of up to 64 KiB, or up to 4 MiB if the path ends with {@code /batch}. A
 * request gives its place back while its body arrives, so that slow clients block no others.
 */
@Provider
public class RequestBodies implements ReaderInterceptor {

  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_BATCH_BYTES = 4 * 1024 * 1024;

  /** Runs before Quarkus's own limit of the body (2), whose 413 response has no body. */
  private static final int PRIORITY = 10;

  /** Large bodies use at most a sixteenth of the heap. */
  private final Semaphore largeBodies =
      new Semaphore((int) Math.max(1, Runtime.getRuntime().maxMemory() / 16 / MAX_BATCH_BYTES));

  @Inject RoutingContext request;
  @Inject ConcurrentRequestLimit limit;

  void register(@Observes Filters filters) {
    filters.register(RequestBodies::check, PRIORITY);
  }

  /** Rejects what its header fields show: a missing host (RFC 9112, section 3.2), a large body. */
  private static void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    HostAndPort authority = request.authority(); // Links in responses contain it.
    boolean hasManyHosts = request.headers().getAll(HttpHeaders.HOST).size() > 1;
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (authority == null || authority.host().isEmpty() || hasManyHosts) {
      ProblemFailureHandler.fail(context, new ProblemException(ProblemType.BAD_REQUEST));
    } else if (length != null && Long.parseLong(length) > maxBytes(context)) {
      ProblemFailureHandler.fail(context, new ProblemException(ProblemType.CONTENT_TOO_LARGE));
    } else {
      context.next();
    }
  }

  private static int maxBytes(RoutingContext context) {
    return context.normalizedPath().replaceFirst("/$", "").endsWith("/batch")
        ? MAX_BATCH_BYTES
        : MAX_BYTES;
  }

  /** Quarkus REST calls this on the request's own thread, after it has checked the token. */
  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    limit.leave();
    try {
      context.setInputStream(read(context.getInputStream()));
    } catch (IOException e) { // The client has disconnected, or has stopped sending.
      throw new ProblemException(ProblemType.BAD_REQUEST, "The body is incomplete");
    } finally {
      limit.enter();
    }
    return context.proceed();
  }

  private InputStream read(InputStream body) throws IOException {
    int max = maxBytes(request);
    byte[] start = body.readNBytes(MAX_BYTES + 1);
    if (start.length <= MAX_BYTES) {
      return new ByteArrayInputStream(start);
    }
    if (max == MAX_BYTES) {
      throw new ProblemException(ProblemType.CONTENT_TOO_LARGE);
    }
    if (!largeBodies.tryAcquire()) {
      throw ProblemException.unavailable();
    }
    CurrentRequestManager.get().registerCompletionCallback(failure -> largeBodies.release());
    byte[] rest = body.readNBytes(max - start.length + 1);
    if (start.length + rest.length > max) {
      throw new ProblemException(ProblemType.CONTENT_TOO_LARGE);
    }
    return new SequenceInputStream(new ByteArrayInputStream(start), new ByteArrayInputStream(rest));
  }
}
