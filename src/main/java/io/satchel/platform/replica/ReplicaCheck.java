package io.satchel.platform.replica;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import io.satchel.platform.persistence.BackgroundTask;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** Compares the replica with the primary every second, if there is one. */
@Singleton
class ReplicaCheck {

  /**
   * The position of the last write, and whether a commit waits for as many standbys as there are:
   * then each of them contains every commit that was confirmed.
   */
  private static final String PRIMARY_STATE =
      """
      select cast(pg_current_wal_lsn() as text),
        current_setting('synchronous_commit') = 'remote_apply'
        and current_setting('synchronous_standby_names') <> ''
        and coalesce(
          cast(substring(current_setting('synchronous_standby_names')
            from '^\\D*(\\d+)\\s*\\(') as integer),
          1) >= (select count(*) from pg_stat_replication)
      """;

  private static final String REPLICA_STATE =
      """
      select pg_is_in_recovery(),
        case when pg_last_wal_replay_lsn() >= cast(? as pg_lsn) then 0
        else extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) end
      """;

  /** After this time, a replica that does not respond is suspended. */
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** After so many checks without a free connection, the replica does not respond. */
  private static final int MAX_FAILURES = 3;

  @Inject AgroalDataSource primary;
  @Inject Replica replica;

  private int failures;
  private volatile boolean isSynchronous;
  private volatile double lag;

  void start(@Observes StartupEvent start, Scheduler scheduler, MeterRegistry metrics) {
    Gauge.builder("satchel.replica.available", () -> replica.isAvailable() ? 1 : 0)
        .description("1 if lists are read from the replica")
        .register(metrics);
    Gauge.builder("satchel.replica.synchronous", () -> isSynchronous ? 1 : 0)
        .description("1 if a commit waits until all connected standbys have applied it")
        .register(metrics);
    Gauge.builder("satchel.replica.lag", () -> replica.isAvailable() ? lag : Double.NaN)
        .description("How far the replica is behind")
        .baseUnit("seconds")
        .register(metrics);
    if (replica.source.isPresent()) {
      scheduler
          .newJob("replica")
          .setInterval("1s")
          .setConcurrentExecution(ConcurrentExecution.SKIP)
          .setTask(execution -> BackgroundTask.run(this::check), true)
          .schedule();
    }
  }

  private void check() {
    String position;
    try (Connection connection = primary.getConnection()) {
      position = checkPrimary(connection);
    } catch (SQLException e) {
      return; // Requests report it. The known positions become too old.
    }
    try (Connection connection = replica.source.orElseThrow().getConnection()) {
      int timeout = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, (int) TIMEOUT.toMillis());
      try {
        checkReplica(connection, position);
        failures = 0;
      } finally {
        connection.setNetworkTimeout(Runnable::run, timeout);
      }
    } catch (SQLException e) {
      boolean isBusy = e.getSQLState() == null; // The pool has no free connection.
      if (!isBusy || ++failures == MAX_FAILURES) {
        replica.suspend(e);
      }
    }
  }

  private String checkPrimary(Connection connection) throws SQLException {
    long before = System.nanoTime();
    try (PreparedStatement statement = connection.prepareStatement(PRIMARY_STATE);
        ResultSet row = statement.executeQuery()) {
      row.next();
      replica.addPosition(row.getString(1), before);
      isSynchronous = row.getBoolean(2);
      return row.getString(1);
    }
  }

  private void checkReplica(Connection connection, String position) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REPLICA_STATE)) {
      statement.setString(1, position);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        compare(row);
      }
    }
  }

  private void compare(ResultSet state) throws SQLException {
    if (state.getBoolean(1)) {
      lag = state.getDouble(2);
      replica.use(isSynchronous);
    } else {
      replica.source.orElseThrow().flush(FlushMode.GRACEFUL); // Other addresses may have a standby.
      replica.suspend("the URL of the replica leads to a primary");
    }
  }
}
