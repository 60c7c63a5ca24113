package io.satchel.platform.pagination;

import io.satchel.platform.problems.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/**
 * Limits the rows of the pages that are written at the same time, so that large pages cannot
 * exhaust the heap.
 */
@Singleton
class RowPermits {

  /** The heap that the largest item takes while it is read and written, and as much again. */
  private static final int BYTES_PER_ROW = 30 * 1024;

  private final Semaphore permits =
      new Semaphore(
          (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / BYTES_PER_ROW),
          true);

  /**
   * Waits for permits, at most a second, and takes them until both the processing of the request
   * and its response have ended. A client that disconnects only ends the response.
   *
   * @throws ProblemException 503 if too many rows are being written
   */
  void take(int rows, RoutingContext request) {
    try {
      if (!permits.tryAcquire(rows, 1, TimeUnit.SECONDS)) {
        throw ProblemException.unavailable();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProblemException.unavailable();
    }
    CompletableFuture<Void> processed = new CompletableFuture<>();
    CurrentRequestManager.get().registerCompletionCallback(failure -> processed.complete(null));
    CompletableFuture<Void> responded = new CompletableFuture<>();
    request.addEndHandler(end -> responded.complete(null));
    if (request.response().closed()) { // Then the end handler may never be called.
      responded.complete(null);
    }
    CompletableFuture<Void> _ =
        CompletableFuture.allOf(processed, responded).thenRun(() -> permits.release(rows));
  }
}
