package io.satchel.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The environment variables that the service reads at run time: its own, and those of Quarkus. */
final class KnownSettings {

  /** The file in which each Quarkus extension describes its settings. */
  private static final String DESCRIPTION = "META-INF/quarkus-config-doc/quarkus-config-model.json";

  private KnownSettings() {}

  /** Returns their names and defaults. The default is empty if it is unknown. */
  static Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    new ClassFileImporter()
        .importPackages("io.satchel").stream()
            .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
            .map(type -> ConfigMappings.getProperties(ConfigClass.configClass(type.reflect())))
            .flatMap(properties -> properties.keySet().stream())
            .map(name -> name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
            .forEach(name -> variables.put(name, ""));
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      for (URL description : Collections.list(loader.getResources(DESCRIPTION))) {
        try (InputStream in = description.openStream()) {
          collect(new ObjectMapper().readTree(in), variables);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return variables;
  }

  /** Collects the settings that are read at run time. Others have no effect then. */
  private static void collect(JsonNode node, Map<String, String> variables) {
    if (node.path("phase").asText().equals("RUN_TIME")) {
      String name = node.path("path").path("environmentVariable").asText();
      String defaultValue = node.path("defaultValue").asText();
      variables.put(name, defaultValue);
      // The second data source has the same settings.
      variables.put(
          name.replaceFirst("^QUARKUS_DATASOURCE_", "QUARKUS_DATASOURCE_REPLICA_"), defaultValue);
    }
    node.forEach(child -> collect(child, variables));
  }
}
