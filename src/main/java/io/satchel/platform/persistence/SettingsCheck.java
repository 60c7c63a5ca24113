package io.satchel.platform.persistence;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * An event at start, before the schema is migrated. Observers check their settings, so that a start
 * with an invalid one changes nothing. A process that only migrates needs no settings but the
 * database's, and checks none.
 */
public record SettingsCheck() {

  @Singleton
  static class BeforeMigration implements FlywayConfigurationCustomizer {

    @Inject Event<SettingsCheck> event;

    @ConfigProperty(name = "quarkus.init-and-exit", defaultValue = "false")
    boolean migratesOnly;

    @Override
    public void customize(FluentConfiguration configuration) {
      if (!migratesOnly) {
        event.fire(new SettingsCheck());
      }
    }
  }
}
