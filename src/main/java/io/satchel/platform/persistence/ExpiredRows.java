package io.satchel.platform.persistence;

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

  @Inject
  ExpiredRows(@All List<ExpiringTable> tables, Clock clock) {
    this.tables = tables;
    this.clock = clock;
  }

  @Scheduled(every = "1h", delayed = "1m")
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
    } while (deleted == BATCH);
  }
}
