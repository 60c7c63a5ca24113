package io.satchel.items;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.satchel.platform.problems.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;

/** Limits the concurrent exports, and lets no incomplete export look complete. */
@Singleton
class ExportLimit {

  /** Each export keeps its place among the running requests while its client reads. */
  private static final int MAX_EXPORTS = 8;

  private final Semaphore permits = new Semaphore(MAX_EXPORTS);
  private final RoutingContext request;

  @Inject
  ExportLimit(RoutingContext request, MeterRegistry metrics) {
    this.request = request;
    Gauge.builder("satchel.exports", permits, free -> MAX_EXPORTS - free.availablePermits())
        .description("Running exports, at most " + MAX_EXPORTS)
        .register(metrics);
  }

  /**
   * Returns an output that fails with 503 if too many exports are running. If the given one fails
   * after the response has begun, the connection is closed.
   */
  StreamingOutput apply(StreamingOutput body) {
    return out -> {
      if (!permits.tryAcquire()) {
        throw ProblemException.unavailable();
      }
      try {
        write(body, out);
      } finally {
        permits.release();
      }
    };
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
    request.request().connection().close().toCompletionStage().toCompletableFuture().join();
  }
}
