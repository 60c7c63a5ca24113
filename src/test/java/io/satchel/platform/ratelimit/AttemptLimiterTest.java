package io.satchel.platform.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.test.TestTransaction;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AttemptLimiterTest {

  @Inject AttemptLimiter limiter;

  /** Requests of one network wait for each other here, each with a connection. */
  @Test
  @TestTransaction
  void only_the_transaction_of_a_count_does_not_wait_for_the_disk() {
    query("set_config('synchronous_commit', 'on', true)");
    limiter.count(UUID.randomUUID().toString(), new AttemptLimit(1, Duration.ofHours(1)));
    assertEquals("on", query("current_setting('synchronous_commit')"));
    AttemptCount.findLocked(UUID.randomUUID().toString(), Instant.now());
    assertEquals("off", query("current_setting('synchronous_commit')"));
  }

  @Test
  @TestTransaction
  void one_attempt_more_than_allowed_must_wait() {
    AttemptLimit limit = new AttemptLimit(3, Duration.ofHours(1), Duration.ofMinutes(15));
    QuarkusMock.installMockForType(
        Clock.fixed(Instant.now().truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC), Clock.class);
    String name = UUID.randomUUID().toString();
    for (int i = 0; i < 3; i++) {
      assertEquals(Duration.ZERO, limiter.count(name, limit));
    }
    assertEquals(Duration.ofMinutes(15), limiter.count(name, limit));
  }

  private static String query(String expression) {
    return (String)
        Panache.getEntityManager()
            .createNativeQuery("select " + expression, String.class)
            .getSingleResult();
  }
}
