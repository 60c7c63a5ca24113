package io.satchel.platform.clients;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.satchel.platform.problems.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Memory that requests share. One caller gets a part of it, and large requests leave a part to
 * small ones. A request that is the only one of its caller, or of all, is always allowed.
 */
public final class MemoryBudget {

  /** A request is small if it adds no more than this part. */
  private static final int SMALL_PART = 32;

  /** The part that is left to small requests. */
  private static final int SMALL_REQUESTS_PART = 8;

  private final long maxBytes;
  private final long maxBytesOfCaller;
  private final Map<String, Long> callers = new HashMap<>();
  private long total;

  /** Creates a budget, whose use is a metric with the given name. */
  public MemoryBudget(String name, long maxBytes, long maxBytesOfCaller, MeterRegistry metrics) {
    this.maxBytes = maxBytes;
    this.maxBytesOfCaller = maxBytesOfCaller;
    Gauge.builder(name, this, MemoryBudget::total)
        .description("Bytes in memory, at most " + maxBytes)
        .baseUnit("bytes")
        .register(metrics);
  }

  private synchronized long total() {
    return total;
  }

  /**
   * Adds bytes of a request, if there is space for them.
   *
   * @param alreadyAdded the bytes that the same request has added before
   * @return 429 if the caller has too many bytes, 503 if all have, or nothing
   */
  public synchronized Optional<ProblemException> tryAdd(
      String caller, long bytes, long alreadyAdded) {
    long ofCaller = callers.getOrDefault(caller, 0L);
    if (ofCaller > alreadyAdded && ofCaller + bytes > maxBytesOfCaller) {
      return Optional.of(ProblemException.tooManyRequests(Duration.ofSeconds(1)));
    }
    long limit =
        bytes > maxBytes / SMALL_PART ? maxBytes - maxBytes / SMALL_REQUESTS_PART : maxBytes;
    if (total > alreadyAdded && total + bytes > limit) {
      return Optional.of(ProblemException.unavailable());
    }
    add(caller, bytes);
    return Optional.empty();
  }

  /** Returns whether a caller has more than the caller's part. */
  synchronized boolean isExceededBy(String caller) {
    return callers.getOrDefault(caller, 0L) > maxBytesOfCaller;
  }

  /** Returns whether all have more than there is. */
  synchronized boolean isExceeded() {
    return total > maxBytes;
  }

  /** Does the same as {@link #tryAdd}, but waits up to a second for space. */
  synchronized Optional<ProblemException> awaitAdd(String caller, long bytes, long alreadyAdded) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    Optional<ProblemException> problem = tryAdd(caller, bytes, alreadyAdded);
    while (problem.isPresent() && end - System.nanoTime() > 0) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return problem;
      }
      problem = tryAdd(caller, bytes, alreadyAdded);
    }
    return problem;
  }

  /** Adds bytes that are in memory already. */
  synchronized void add(String caller, long bytes) {
    total += bytes;
    callers.merge(caller, bytes, Long::sum);
  }

  /** Removes bytes that were added. */
  public synchronized void remove(String caller, long bytes) {
    total -= bytes;
    callers.computeIfPresent(caller, (name, all) -> all == bytes ? null : all - bytes);
    notifyAll();
  }
}
