package io.satchel.platform.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

@Execution(CONCURRENT)
class RequestRateLimitTest {

  private Instant now = Instant.parse("2026-11-20T09:30:00Z");
  private final RequestRateLimit limiter =
      limiter(Map.of("satchel.limits.requests-per-minute", "3"));

  private RequestRateLimit limiter(Map<String, String> values) {
    return new RequestRateLimit(new SettableClock(), settings(values), new SimpleMeterRegistry());
  }

  private static RequestRateLimit.Settings settings(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(RequestRateLimit.Settings.class)
        .withDefaultValues(values)
        .build()
        .getConfigMapping(RequestRateLimit.Settings.class);
  }

  @Test
  void the_window_starts_with_the_first_request() {
    for (int remaining = 2; remaining >= 0; remaining--) {
      ConsumptionProbe probe = limiter.tryConsume("a");
      assertTrue(probe.isConsumed());
      assertEquals(remaining, probe.getRemainingTokens());
      now = now.plusSeconds(10);
    }
    ConsumptionProbe rejected = limiter.tryConsume("a");
    assertFalse(rejected.isConsumed());
    assertEquals(Duration.ofSeconds(30), Duration.ofNanos(rejected.getNanosToWaitForRefill()));
    now = now.plusSeconds(29);
    assertFalse(limiter.tryConsume("a").isConsumed());
    now = now.plusSeconds(1);
    assertEquals(2, limiter.tryConsume("a").getRemainingTokens());
  }

  @Test
  void each_caller_has_a_separate_limit() {
    for (int i = 0; i < 3; i++) {
      assertTrue(limiter.tryConsume("a").isConsumed());
    }
    assertFalse(limiter.tryConsume("a").isConsumed());
    assertTrue(limiter.tryConsume("b").isConsumed());
  }

  @Test
  void the_default_limit_is_600() {
    assertEquals(599, limiter(Map.of()).tryConsume("a").getRemainingTokens());
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
