package io.satchel.platform.persistence;

import io.quarkus.hibernate.orm.panache.Panache;
import io.satchel.TestServer;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;

/**
 * Counts the rows of a table that a query reads. The rows are inserted in a transaction that is
 * rolled back.
 */
public final class RowReadCounter {

  private static final int SECONDS = 600;

  /** The settings of the service's connections. Queries can change them until the rollback. */
  private static String planCacheMode;

  private static String bitmapScans;

  private RowReadCounter() {}

  /** Begins the transaction, and executes statements that insert the rows. */
  public static void begin(String statements) {
    TestServer.skipOnCitus("it counts the rows that one server reads");
    try {
      transactions().setTransactionTimeout(SECONDS);
      transactions().begin();
    } catch (NotSupportedException | SystemException e) {
      throw new IllegalStateException(e);
    }
    Panache.getSession()
        .doWork(connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("set local statement_timeout = 0");
            statement.execute(statements);
            planCacheMode = DatabaseQueries.valueOf(statement, "show plan_cache_mode");
            bitmapScans = DatabaseQueries.valueOf(statement, "show enable_bitmapscan");
          }
        });
  }

  public static void rollback() {
    try {
      if (transactions().getStatus() == Status.STATUS_NO_TRANSACTION) {
        return; // skipped
      }
      transactions().rollback();
      transactions().setTransactionTimeout(0);
    } catch (SystemException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns how many rows of a table a query reads, planned as for the service. */
  public static int by(String table, Runnable query) {
    Panache.getSession().clear();
    Panache.getSession()
        .doWork(connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute(
                """
                set local plan_cache_mode = %s; set local enable_bitmapscan = %s;
                set local statement_timeout = 0; discard plans
                """
                    .formatted(planCacheMode, bitmapScans));
          }
        });
    int before = readOf(table);
    query.run();
    return readOf(table) - before;
  }

  private static TransactionManager transactions() {
    return CDI.current().select(TransactionManager.class).get();
  }

  private static int readOf(String table) {
    return ((Number)
            Panache.getSession()
                .createNativeQuery(
                    "select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)"
                        + " from pg_stat_xact_user_tables where relname = :name",
                    Long.class)
                .setParameter("name", table)
                .getSingleResult())
        .intValue();
  }
}
