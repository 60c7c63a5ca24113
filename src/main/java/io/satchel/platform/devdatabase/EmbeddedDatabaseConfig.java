package io.satchel.platform.devdatabase;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Supplies the database's JDBC URL in dev mode, if neither the settings nor Dev Services do.
 *
 * <p>The server class is named by a property that only dev mode has, and is loaded by that name.
 * The production artefact does not contain the library, and a native image must link without it.
 */
public class EmbeddedDatabaseConfig implements ConfigSourceFactory {

  private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
  private static final int LOWEST_ORDINAL = 1;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    Optional<String> server = value(context, "embedded-database.server");
    boolean isDevServices =
        value(context, "quarkus.devservices.enabled").map(Boolean::valueOf).orElse(true);
    if (server.isEmpty() || isDevServices || value(context, JDBC_URL).isPresent()) {
      return List.of();
    }
    Map<String, String> url = Map.of(JDBC_URL, start(server.get()));
    return List.of(new PropertiesConfigSource(url, "EmbeddedDatabaseConfig", LOWEST_ORDINAL));
  }

  private static Optional<String> value(ConfigSourceContext context, String name) {
    return Optional.ofNullable(context.getValue(name))
        .map(ConfigValue::getValue)
        .filter(value -> !value.isEmpty());
  }

  private static String start(String server) {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      return (String) ((Supplier<?>) loader.loadClass(server).getConstructor().newInstance()).get();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The embedded database cannot be loaded", e);
    }
  }
}
