package io.satchel.platform.concurrency;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.satchel.platform.clients.CallerCounts;
import io.satchel.platform.clients.RequestCaller;
import io.satchel.platform.problems.ProblemException;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Limits the concurrent exports, and lets no incomplete export look complete. */
@Singleton
public class ExportLimit {

  /** Each export keeps its place among the running requests while its client reads. */
  private static final int MAX_EXPORTS = 8;

  private static final int MAX_EXPORTS_OF_CALLER = 2;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(15);

  private final Semaphore permits = new Semaphore(MAX_EXPORTS);
  private final CallerCounts running = new CallerCounts();
  private final RequestCaller callers;
  private final RoutingContext request;

  @Inject
  ExportLimit(RequestCaller callers, RoutingContext request, MeterRegistry metrics) {
    this.callers = callers;
    this.request = request;
    Gauge.builder("satchel.exports", permits, free -> MAX_EXPORTS - free.availablePermits())
        .description("Running exports, at most " + MAX_EXPORTS)
        .register(metrics);
  }

  /**
   * Returns an output that fails with 429 if the caller has two running exports, and with 503 if
   * there are eight. If the given one fails after the response has begun, the connection is closed.
   */
  public StreamingOutput apply(StreamingOutput body) {
    String caller = callers.of(request);
    return out -> {
      try {
        if (running.add(caller) > MAX_EXPORTS_OF_CALLER) {
          throw ProblemException.tooManyRequests(RETRY_AFTER);
        }
        writeWithPermit(body, out);
      } finally {
        running.remove(caller);
      }
    };
  }

  private void writeWithPermit(StreamingOutput body, OutputStream out) {
    if (!permits.tryAcquire()) {
      throw ProblemException.unavailable();
    }
    try {
      write(body, out);
    } finally {
      permits.release();
    }
  }

  private void write(StreamingOutput body, OutputStream out) {
    try {
      body.write(out);
    } catch (IOException e) { // The client has disconnected.
      disconnect();
    } catch (RuntimeException e) {
      if (request.response().headWritten()) {
        disconnect();
      }
      throw e;
    }
  }

  /**
   * Closes the connection and waits until it is closed, so that the client notices that the
   * response is incomplete. An exception alone would end it like a complete one.
   */
  private void disconnect() {
    if (request.request().version() == HttpVersion.HTTP_2) {
      request.response().reset();
      return;
    }
    ((ConnectionBase) request.request().connection())
        .channelHandlerContext() // Vert.x would wait until the client has read.
        .close()
        .syncUninterruptibly();
  }
}
