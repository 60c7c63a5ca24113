package io.satchel.platform.persistence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Counts the slow queries that Hibernate logs ({@code
 * quarkus.hibernate-orm.log.queries-slower-than-ms}), without their parameters.
 */
class SlowQueries {

  /** The category of Hibernate's log. */
  private static final Logger LOG = Logger.getLogger("org.hibernate.SQL_SLOW");

  void register(@Observes StartupEvent start, MeterRegistry metrics) {
    LOG.addHandler(
        new CountingHandler(
            Counter.builder("satchel.slow.queries")
                .description("Queries that took longer than a second")
                .register(metrics)));
  }

  private static final class CountingHandler extends Handler {

    private final Counter counter;

    CountingHandler(Counter counter) {
      this.counter = counter;
    }

    @Override
    public void publish(LogRecord entry) {
      counter.increment();
    }

    @Override
    public void flush() {
      // Nothing is buffered.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
