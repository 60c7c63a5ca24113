package io.satchel.platform.concurrency;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Chooses half as many event loops as cores (ADR 10). More of them would take the cores from the
 * threads that do the work.
 */
public class ThreadsConfig implements ConfigSourceFactory {

  private static final int LOWEST_ORDINAL = 1;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    int cores = Runtime.getRuntime().availableProcessors();
    Map<String, String> settings =
        Map.of("quarkus.vertx.event-loops-pool-size", Integer.toString(Math.max(1, cores / 2)));
    return List.of(new PropertiesConfigSource(settings, "ThreadsConfig", LOWEST_ORDINAL));
  }
}
