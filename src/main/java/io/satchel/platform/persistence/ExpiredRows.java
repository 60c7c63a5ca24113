package io.satchel.platform.persistence;

import io.micrometer.core.annotation.Timed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Deletes expired rows every hour. It deletes small batches and skips locked rows, so that it does
 * not block other transactions. Of several replicas, only one at a time deletes from a table.
 */
@Singleton
public class ExpiredRows {

  private static final int BATCH = 1_000;

  private final List<ExpiringTable> tables;
  private final Clock clock;
  private final MeterRegistry metrics;

  @Inject
  ExpiredRows(@All List<ExpiringTable> tables, Clock clock, MeterRegistry metrics) {
    this.tables = tables;
    this.clock = clock;
    this.metrics = metrics;
  }

  @Scheduled(every = "1h", delayed = "1m")
  @Timed(value = "satchel.cleanup", description = "Deletions of expired rows")
  public void delete() {
    tables.forEach(this::delete);
  }

  private void delete(ExpiringTable table) {
    String statement =
        """
        delete from %1$s where ctid = any (array (
          select ctid from %1$s where %2$s < :before limit %3$d for update skip locked))
        """
            .formatted(table.name(), table.expression(), BATCH);
    Instant before = clock.instant().minus(table.retention());
    int deleted;
    do {
      deleted =
          QuarkusTransaction.requiringNew()
              .call(() ->
                  AdvisoryLock.tryAcquire("expired " + table.name())
                      ? Panache.getEntityManager()
                          .createNativeQuery(statement)
                          .setParameter("before", before)
                          .executeUpdate()
                      : 0);
      deletedRows(table).increment(deleted);
    } while (deleted == BATCH);
  }

  private Counter deletedRows(ExpiringTable table) {
    return Counter.builder("satchel.cleanup.rows")
        .description("Expired rows that were deleted")
        .tag("table", table.name())
        .register(metrics);
  }
}
