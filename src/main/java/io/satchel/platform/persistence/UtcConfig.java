package io.satchel.platform.persistence;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Makes the zone of the machine irrelevant, before anything connects: the driver sends it to
 * PostgreSQL, which does not know all zones of Java, and rejects the connection.
 */
public class UtcConfig implements ConfigSourceFactory {

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
    return List.of();
  }
}
