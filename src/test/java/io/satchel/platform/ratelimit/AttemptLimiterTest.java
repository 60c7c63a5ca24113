package io.satchel.platform.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.test.TestTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
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

  private static String query(String expression) {
    return (String)
        Panache.getEntityManager()
            .createNativeQuery("select " + expression, String.class)
            .getSingleResult();
  }
}
