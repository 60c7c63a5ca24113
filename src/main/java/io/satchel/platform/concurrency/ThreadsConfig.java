package io.satchel.platform.concurrency;

import io.quarkus.runtime.ImageMode;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Chooses half as many event loops as cores (ADR 10). More of them would take the cores from the
 * threads that do the work. In a native binary, platform threads wait for the sockets of virtual
 * ones.
 */
public class ThreadsConfig implements ConfigSourceFactory {

  private static final int LOWEST_ORDINAL = 1;

  /**
   * The JDK's setting. With its default, virtual threads wait for sockets, and in a native binary
   * one of them is sometimes not woken (oracle/graal#13787): a request waits forever for a response
   * of PostgreSQL that is there.
   */
  private static final String POLLER_MODE = "jdk.pollerMode";

  private static final String SYSTEM_THREADS = "1";

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    if (ImageMode.current() == ImageMode.NATIVE_RUN && System.getProperty(POLLER_MODE) == null) {
      System.setProperty(POLLER_MODE, SYSTEM_THREADS);
    }
    int cores = Runtime.getRuntime().availableProcessors();
    Map<String, String> settings =
        Map.of("quarkus.vertx.event-loops-pool-size", Integer.toString(Math.max(1, cores / 2)));
    return List.of(new PropertiesConfigSource(settings, "ThreadsConfig", LOWEST_ORDINAL));
  }
}
