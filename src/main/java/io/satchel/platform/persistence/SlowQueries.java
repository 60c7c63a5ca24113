package io.satchel.platform.persistence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Counts the slow queries that Hibernate ({@code quarkus.hibernate-orm.log.queries-slower-than-ms})
 * and {@link SqlQuery} log, without their parameters.
 */
class SlowQueries {

  /** The category of Hibernate's log. */
  private static final Logger LOG = Logger.getLogger("org.hibernate.SQL_SLOW");

  private static final long SLOW_MILLIS = 1_000;

  void register(@Observes StartupEvent start, MeterRegistry metrics) {
    LOG.addHandler(
        new CountingHandler(
            Counter.builder("satchel.slow.queries")
                .description("Queries that took longer than a second")
                .register(metrics)));
  }

  /** Logs a statement that was started at the given {@link System#nanoTime}, if it was slow. */
  static void logIfSlow(String sql, long startNanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    if (millis >= SLOW_MILLIS) {
      LOG.info(() -> "Slow query took %d milliseconds [%s]".formatted(millis, sql));
    }
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
