package io.satchel.platform.tracing;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Disables tracing, unless a setting names an endpoint that receives the traces. */
public class TracingConfig implements ConfigSourceFactory {

  private static final int LOWEST_ORDINAL = 1;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    boolean hasEndpoint =
        Stream.of("otel.exporter.otlp.endpoint", "quarkus.otel.exporter.otlp.endpoint")
            .map(context::getValue)
            .anyMatch(TracingConfig::isSet);
    Map<String, String> settings =
        Map.of("quarkus.otel.sdk.disabled", Boolean.toString(!hasEndpoint));
    return List.of(new PropertiesConfigSource(settings, "TracingConfig", LOWEST_ORDINAL));
  }

  private static boolean isSet(ConfigValue value) {
    return value != null && value.getValue() != null && !value.getValue().isEmpty();
  }
}
