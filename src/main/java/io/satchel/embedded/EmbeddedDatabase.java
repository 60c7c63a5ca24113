package io.satchel.embedded;

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
 * Supplies the database's URL in dev mode, when neither the settings nor Dev Services do.
 *
 * <p>The server is named by a property that dev mode alone has, and is loaded by that name: the
 * production artefact has no library to run it with, and a native binary must link without it.
 */
public class EmbeddedDatabase implements ConfigSourceFactory {

  private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
  private static final int LOWER_THAN_ANY_FILE = 1;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    Optional<String> server = value(context, "embedded-database.server");
    boolean devServices =
        value(context, "quarkus.devservices.enabled").map(Boolean::valueOf).orElse(true);
    if (server.isEmpty() || devServices || value(context, JDBC_URL).isPresent()) {
      return List.of();
    }
    Map<String, String> url = Map.of(JDBC_URL, start(server.get()));
    return List.of(new PropertiesConfigSource(url, "EmbeddedDatabase", LOWER_THAN_ANY_FILE));
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
