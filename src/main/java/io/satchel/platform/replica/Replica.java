package io.satchel.platform.replica;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.InjectableInstance;
import io.satchel.platform.persistence.DatabaseUnavailability;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jboss.logging.Logger;

/** The replica, if one is configured, and what the last check has found (ReplicaCheck). */
@Singleton
class Replica {

  private static final Logger LOG = Logger.getLogger(Replica.class);

  /** The settings of the replica. */
  @ConfigMapping(prefix = "satchel.replica")
  interface Settings {

    /** How far a list may be behind. A replica that is further behind is not read from. */
    @WithDefault("5S")
    @DurationMin(seconds = 2)
    Duration maxStaleness();
  }

  final Optional<AgroalDataSource> source;
  private final Settings settings;
  private final WalPositions positions;
  private volatile boolean isAvailable;
  private String logged = "";

  @Inject
  Replica(
      @Any @DataSource("replica") InjectableInstance<AgroalDataSource> replica, Settings settings) {
    this.source = replica.listActive().stream().findFirst();
    this.settings = settings;
    this.positions = new WalPositions(settings.maxStaleness());
  }

  /** Returns the position that the replica must have replayed, or nothing if it is not used. */
  Optional<String> requiredPosition() {
    return isAvailable ? positions.oldest(System.nanoTime()) : Optional.empty();
  }

  boolean isAvailable() {
    return isAvailable;
  }

  /** Adds the newest position of the primary, and a time before it was read. */
  void addPosition(String lsn, long readAt) {
    positions.add(lsn, readAt);
  }

  /** Lets lists be read from the replica. */
  void use(boolean isSynchronous) {
    isAvailable = true;
    log(
        isSynchronous
            ? "Lists are read from the replica. They contain every confirmed write, because commits"
                + " wait until all connected standbys have applied them"
            : "Lists are read from the replica. They can be %s seconds behind"
                .formatted(settings.maxStaleness().toSeconds()));
  }

  /** Lets lists be read from the primary until the next check succeeds. */
  void suspend(String reason) {
    isAvailable = false;
    log("Lists are read from the primary: " + reason);
  }

  /**
   * Suspends the replica if a query has failed because it is away. A query that recovery (40001) or
   * a timeout (57014) has cancelled says nothing about others, nor does a busy pool.
   */
  void suspendAfter(Exception failure) {
    DatabaseUnavailability.findIn(failure)
        .filter(cause -> !String.valueOf(cause.getSQLState()).matches("null|40...|57014"))
        .ifPresent(this::suspend);
  }

  /** Lets lists be read from the primary until the next check succeeds. */
  void suspend(SQLException cause) {
    suspend(cause.getMessage().lines().findFirst().orElse(""));
  }

  private synchronized void log(String state) {
    if (!state.equals(logged)) {
      logged = state;
      LOG.info(state);
    }
  }
}
