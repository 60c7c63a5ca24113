package io.satchel.platform.persistence;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * Delays the start until another process, such as a Kubernetes Job, has migrated the schema. It
 * does nothing if the service migrates the schema itself. A schema that is newer than the program,
 * as after a rollback, is accepted.
 */
class MigrationWait {

  private static final Logger LOG = Logger.getLogger(MigrationWait.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** The settings of migrations. */
  @ConfigMapping(prefix = "satchel")
  interface Settings {

    /** Whether the service migrates the schema at start. If not, it waits for the migration. */
    @WithDefault("true")
    boolean migrateAtStart();

    /** Whether a migration distributes the tables over the nodes of Citus (afterMigrate.sql). */
    @WithDefault("false")
    boolean distributeTables();
  }

  /** The limit of statements. */
  @ConfigMapping(prefix = "satchel.limits")
  interface Limits {

    /** How long a statement may take, in PostgreSQL's notation (afterMigrate.sql). */
    @WithDefault("10s")
    String statementTimeout();
  }

  @Inject Settings settings;
  @Inject Flyway flyway;
  @Inject AgroalDataSource database;

  void waitForMigration(@Observes @Priority(2) StartupEvent start) throws InterruptedException {
    if (!settings.migrateAtStart()) {
      waitUntilMigrated();
    }
    // New connections have what a migration sets for the role.
    database.flush(FlushMode.GRACEFUL);
  }

  private void waitUntilMigrated() throws InterruptedException {
    String logged = "";
    for (Optional<String> reason = waitReason(); reason.isPresent(); reason = waitReason()) {
      if (ApplicationLifecycleManager.isVmShuttingDown()) { // The shutdown waits for the start.
        throw new PreventFurtherStepsException(0);
      }
      if (!reason.get().equals(logged)) {
        logged = reason.get();
        LOG.infof("Waiting: %s", logged);
      }
      Thread.sleep(INTERVAL);
    }
  }

  /** Returns why the service cannot start yet, or nothing if the schema is up to date. */
  private Optional<String> waitReason() {
    try {
      return Arrays.stream(flyway.info().pending())
          .findFirst()
          .map(migration ->
              "the schema has not been migrated to version %s".formatted(migration.getVersion()));
    } catch (FlywayException e) {
      return e.getMessage().lines().findFirst();
    }
  }
}
