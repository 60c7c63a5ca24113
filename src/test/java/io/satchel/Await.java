package io.satchel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another process or thread does. */
public final class Await {

  /** A limit for faults. A slow machine does not reach it. */
  private static final Duration LIMIT = Duration.ofSeconds(100);

  private static final Duration INTERVAL = Duration.ofMillis(20);

  private Await() {}

  /** Waits until the condition is true. */
  public static void until(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(LIMIT);
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(end), what);
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }
}
