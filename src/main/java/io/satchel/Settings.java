package io.satchel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * The service's own settings. Each is an environment variable too: {@code satchel.migrate-at-start}
 * is {@code SATCHEL_MIGRATE_AT_START}.
 */
@ConfigMapping(prefix = "satchel")
public interface Settings {

  /** Whether to migrate the schema before serving. Off where something else does it first. */
  @WithDefault("true")
  boolean migrateAtStart();
}
