package io.satchel.platform.concurrency;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Sets the number of event loops to half of the cores, instead of twice the cores. They only read
 * and write; more of them take the cores from the virtual threads, which do the work (ADR 20).
 */
public class EventLoopConfig implements ConfigSourceFactory {

  private static final int LOWEST_ORDINAL = 1;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    int eventLoops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    Map<String, String> settings =
        Map.of("quarkus.vertx.event-loops-pool-size", Integer.toString(eventLoops));
    return List.of(new PropertiesConfigSource(settings, "EventLoopConfig", LOWEST_ORDINAL));
  }
}
