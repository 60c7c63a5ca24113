package io.satchel.auth.passwords;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.satchel.platform.problems.ProblemException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Limits concurrent password hashing to the number of available cores, with a bounded queue. More
 * concurrency would not be faster, and each hash needs 19 MiB.
 */
final class HashingBulkhead {

  private static final Semaphore PERMITS =
      new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  /** Fewer than the worker threads, so that other requests still get one. */
  private static final int MAX_QUEUE_LENGTH = 100;

  private static final Counter REFUSED =
      Counter.builder("satchel.password.hashing.refused")
          .description("Requests refused because too many wait for a password hash")
          .register(Metrics.globalRegistry);

  static {
    Gauge.builder("satchel.password.hashing.waiting", PERMITS, Semaphore::getQueueLength)
        .description("Requests that wait for a password hash")
        .register(Metrics.globalRegistry);
  }

  private HashingBulkhead() {}

  /**
   * Checks that the queue is not full.
   *
   * @throws ProblemException 503 if it is full
   */
  static void requireCapacity() {
    if (PERMITS.getQueueLength() >= MAX_QUEUE_LENGTH) {
      REFUSED.increment();
      throw ProblemException.unavailable();
    }
  }

  /**
   * Runs a computation as soon as a core is available.
   *
   * @param name the name of its span in a trace
   * @throws ProblemException 503 if it is full
   */
  static <T> T call(String name, Supplier<T> computation) {
    requireCapacity();
    Span span = GlobalOpenTelemetry.getTracer("io.satchel").spanBuilder(name).startSpan();
    PERMITS.acquireUninterruptibly();
    try {
      return computation.get();
    } finally {
      PERMITS.release();
      span.end();
    }
  }
}
