package io.satchel.auth.passwords;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.satchel.platform.problems.ProblemException;
import java.util.Collection;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits concurrent password hashing to the number of available cores, with a bounded queue. More
 * concurrency would not be faster, and each hash needs 19 MiB. It has its own threads, which the
 * operating system can interrupt; a virtual thread that computes would block the others.
 */
final class HashingBulkhead {

  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /** Fewer than the requests that may run at the same time, so that others still can. */
  private static final int MAX_QUEUE_LENGTH = 100;

  private static final ThreadPoolExecutor THREADS =
      new ThreadPoolExecutor(
          CORES,
          CORES,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_QUEUE_LENGTH),
          Thread.ofPlatform().daemon().name("password-hash-", 0).factory());

  private static final Counter REFUSED =
      Counter.builder("satchel.password.hashing.refused")
          .description("Requests refused because too many wait for a password hash")
          .register(Metrics.globalRegistry);

  static {
    Gauge.builder("satchel.password.hashing.waiting", THREADS.getQueue(), Collection::size)
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
    if (THREADS.getQueue().remainingCapacity() == 0) {
      throw refused();
    }
  }

  /**
   * Runs a computation as soon as a core is available.
   *
   * @param name the name of its span in a trace
   * @throws ProblemException 503 if it is full
   */
  static <T> T call(String name, Supplier<T> computation) {
    Span span = GlobalOpenTelemetry.getTracer("io.satchel").spanBuilder(name).startSpan();
    try {
      return CompletableFuture.supplyAsync(computation, THREADS).join();
    } catch (RejectedExecutionException e) {
      throw refused();
    } finally {
      span.end();
    }
  }

  private static ProblemException refused() {
    REFUSED.increment();
    return ProblemException.unavailable();
  }
}
