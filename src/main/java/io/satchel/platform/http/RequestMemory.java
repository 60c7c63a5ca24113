package io.satchel.platform.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.satchel.platform.problems.ProblemException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes of request bodies in memory: at most a sixteenth of the heap, of which one
 * client gets a quarter, or 5 MiB. One body is always allowed.
 */
@Singleton
class RequestMemory {

  private static final long MAX_BYTES = Runtime.getRuntime().maxMemory() / 16;

  /** A quarter, but more than one of the largest bodies, beside which the client sends others. */
  private static final long MAX_BYTES_OF_CLIENT = Math.max(MAX_BYTES / 4, 5 * 1024 * 1024);

  private final AtomicLong total = new AtomicLong();
  private final Map<String, Long> clients = new ConcurrentHashMap<>();

  @Inject
  RequestMemory(MeterRegistry metrics) {
    Gauge.builder("satchel.request.bodies", total, AtomicLong::get)
        .description("Request bodies in memory, at most " + MAX_BYTES)
        .baseUnit("bytes")
        .register(metrics);
  }

  /**
   * Counts bytes of a body until they are released.
   *
   * @param body the bytes of the same body, these included
   * @return 503 if there are too many bytes, 429 if one client has too many, or nothing
   */
  Optional<ProblemException> add(String client, int bytes, long body) {
    long sum = total.addAndGet(bytes);
    long share = clients.merge(client, (long) bytes, Long::sum);
    if (share > MAX_BYTES_OF_CLIENT && share > body) {
      return Optional.of(ProblemException.tooManyRequests(Duration.ofSeconds(1)));
    }
    return sum > MAX_BYTES && sum > body
        ? Optional.of(ProblemException.unavailable())
        : Optional.empty();
  }

  void release(String client, long bytes) {
    total.addAndGet(-bytes);
    clients.computeIfPresent(client, (name, all) -> all == bytes ? null : all - bytes);
  }
}
