package io.satchel.platform.persistence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.satchel.platform.logging.LogListener;
import jakarta.enterprise.event.Observes;

/**
 * Counts the slow queries that Hibernate logs ({@code
 * quarkus.hibernate-orm.log.queries-slower-than-ms}), without their parameters.
 */
class SlowQueries {

  /** The category of Hibernate's log. */
  private static final String CATEGORY = "org.hibernate.SQL_SLOW";

  void register(@Observes StartupEvent start, MeterRegistry metrics) {
    Counter counter =
        Counter.builder("satchel.slow.queries")
            .description("Queries that took longer than a second")
            .register(metrics);
    LogListener.add(CATEGORY, entry -> counter.increment());
  }
}
