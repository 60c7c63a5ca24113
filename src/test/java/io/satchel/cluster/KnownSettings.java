package io.satchel.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.satchel.Settings;
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

/** The environment variables that the program takes while it runs: its own, and Quarkus's. */
final class KnownSettings {

  /** Where each extension of Quarkus describes its settings. */
  private static final String DESCRIPTION = "META-INF/quarkus-config-doc/quarkus-config-model.json";

  private KnownSettings() {}

  /** Their names, with what they are at first; the empty string where that is not said. */
  static Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    for (String name :
        ConfigMappings.getProperties(ConfigClass.configClass(Settings.class)).keySet()) {
      variables.put(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), "");
    }
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

  /** Those that are read at run time; what is fixed at build time is without effect then. */
  private static void collect(JsonNode node, Map<String, String> variables) {
    if (node.path("phase").asText().equals("RUN_TIME")) {
      variables.put(
          node.path("path").path("environmentVariable").asText(),
          node.path("defaultValue").asText());
    }
    node.forEach(child -> collect(child, variables));
  }
}
