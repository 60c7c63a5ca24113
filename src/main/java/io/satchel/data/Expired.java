package io.satchel.data;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.Instant;

/** Deletes rows that are of no use any more. */
public final class Expired {

  private static final int BATCH = 1_000;

  private Expired() {}

  /**
   * Deletes the rows of a table in which that column, or expression, is before that time; few at a
   * time, and none that another transaction has locked, so that it stands in nobody's way. Of
   * replicas, one does it at a time; the others leave it to that one.
   */
  public static void delete(String table, String column, Instant before) {
    String statement =
        """
        delete from %1$s where ctid = any (array (
          select ctid from %1$s where %2$s < :before limit %3$d for update skip locked))
        """
            .formatted(table, column, BATCH);
    int deleted;
    do {
      deleted =
          QuarkusTransaction.requiringNew()
              .call(() ->
                  isAlone(table)
                      ? Panache.getEntityManager()
                          .createNativeQuery(statement)
                          .setParameter("before", before)
                          .executeUpdate()
                      : 0);
    } while (deleted == BATCH);
  }

  /** Whether nobody else deletes from that table, and will not until this transaction ends. */
  private static boolean isAlone(String table) {
    return AdvisoryLock.tryFor("expired " + table);
  }
}
