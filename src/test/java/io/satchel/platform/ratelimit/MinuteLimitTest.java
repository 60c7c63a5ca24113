package io.satchel.platform.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.github.bucket4j.ConsumptionProbe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

@Execution(CONCURRENT)
class MinuteLimitTest {

  private Instant now = Instant.parse("2026-11-20T09:30:00Z");
  private final MinuteLimit limit = new MinuteLimit(3, new SettableClock());

  @Test
  void the_window_starts_with_the_first_request() {
    for (int remaining = 2; remaining >= 0; remaining--) {
      ConsumptionProbe probe = limit.tryTake("a", 1);
      assertTrue(probe.isConsumed());
      assertEquals(remaining, probe.getRemainingTokens());
      now = now.plusSeconds(10);
    }
    ConsumptionProbe rejected = limit.tryTake("a", 1);
    assertFalse(rejected.isConsumed());
    assertEquals(Duration.ofSeconds(30), Duration.ofNanos(rejected.getNanosToWaitForRefill()));
    now = now.plusSeconds(29);
    assertFalse(limit.tryTake("a", 1).isConsumed());
    now = now.plusSeconds(1);
    assertEquals(2, limit.tryTake("a", 1).getRemainingTokens());
  }

  @Test
  void each_caller_has_a_separate_limit() {
    for (int i = 0; i < 3; i++) {
      assertTrue(limit.tryTake("a", 1).isConsumed());
    }
    assertFalse(limit.tryTake("a", 1).isConsumed());
    assertTrue(limit.tryTake("b", 1).isConsumed());
  }

  @Test
  void an_amount_is_taken_as_a_whole_or_not_at_all() {
    assertTrue(limit.tryTake("a", 2).isConsumed());
    assertFalse(limit.tryTake("a", 2).isConsumed());
    assertTrue(limit.tryTake("a", 1).isConsumed());
  }

  /** A clock that the test sets. */
  private final class SettableClock extends Clock {

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
