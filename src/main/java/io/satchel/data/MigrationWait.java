package io.satchel.data;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.StartupEvent;
import io.satchel.Settings;
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
 * Where something else migrates the schema, such as the Job of a rollout, nothing is served until
 * it has. A schema that is newer than the program, as after a rollback, is not waited for.
 */
class MigrationWait {

  private static final Logger LOG = Logger.getLogger(MigrationWait.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Inject Settings settings;
  @Inject Flyway flyway;

  void await(@Observes @Priority(2) StartupEvent start) throws InterruptedException {
    if (settings.migrateAtStart()) {
      return;
    }
    String said = "";
    for (Optional<String> lack = lack(); lack.isPresent(); lack = lack()) {
      if (ApplicationLifecycleManager.isVmShuttingDown()) { // which waits for the start to end
        throw new PreventFurtherStepsException(0);
      }
      if (!lack.get().equals(said)) {
        said = lack.get();
        LOG.infof("Waiting: %s", said);
      }
      Thread.sleep(PAUSE);
    }
  }

  /** What is missing, if anything is. */
  private Optional<String> lack() {
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
