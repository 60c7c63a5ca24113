package io.satchel.platform.pagination;

import io.satchel.platform.problems.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

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
   * Waits for permits, at most a second, and takes them until the response has ended.
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
    AtomicBoolean isTaken = new AtomicBoolean(true);
    request.addEndHandler(end -> release(rows, isTaken));
    if (request.response().closed()) { // Then the end handler may never be called.
      release(rows, isTaken);
    }
  }

  private void release(int rows, AtomicBoolean isTaken) {
    if (isTaken.getAndSet(false)) {
      permits.release(rows);
    }
  }
}
