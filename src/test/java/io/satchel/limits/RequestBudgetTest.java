package io.satchel.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bucket4j.ConsumptionProbe;
import io.satchel.Settings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {

  private Instant now = Instant.parse("2026-11-20T09:30:00Z");
  private final RequestBudget budget = budget(Map.of("satchel.limits.requests-per-minute", "3"));

  private RequestBudget budget(Map<String, String> values) {
    return new RequestBudget(new Watch(), settings(values));
  }

  private static Settings settings(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(Settings.class)
        .withDefaultValues(values)
        .build()
        .getConfigMapping(Settings.class);
  }

  @Test
  void a_minute_begins_with_the_first_request_and_ends_for_all() {
    for (int left = 2; left >= 0; left--) {
      ConsumptionProbe probe = budget.spend("a");
      assertTrue(probe.isConsumed());
      assertEquals(left, probe.getRemainingTokens());
      now = now.plusSeconds(10);
    }
    ConsumptionProbe refused = budget.spend("a");
    assertFalse(refused.isConsumed());
    assertEquals(Duration.ofSeconds(30), Duration.ofNanos(refused.getNanosToWaitForRefill()));
    now = now.plusSeconds(29);
    assertFalse(budget.spend("a").isConsumed());
    now = now.plusSeconds(1);
    assertEquals(2, budget.spend("a").getRemainingTokens());
  }

  @Test
  void callers_have_a_budget_each() {
    for (int i = 0; i < 3; i++) {
      assertTrue(budget.spend("a").isConsumed());
    }
    assertFalse(budget.spend("a").isConsumed());
    assertTrue(budget.spend("b").isConsumed());
  }

  @Test
  void it_is_600_where_nothing_else_is_said() {
    assertEquals(599, budget(Map.of()).spend("a").getRemainingTokens());
  }

  /** A clock that a test sets. */
  private final class Watch extends Clock {

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
