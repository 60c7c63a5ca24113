package io.satchel.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** Reads the manifests in k8s. */
public final class Manifests {

  static final Path FOLDER = Path.of("k8s");

  private static final String CLOUD_NATIVE_PG = "postgresql.cnpg.io/v1";

  /** Rejects unknown fields, which the model itself would accept. */
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  private static final List<? extends Class<? extends KubernetesResource>> TYPES =
      ServiceLoader.load(KubernetesResource.class).stream()
          .map(ServiceLoader.Provider::type)
          .toList();

  private Manifests() {}

  /** Returns the files with objects or patches. */
  static List<Path> objectFiles() {
    return files(".yaml").stream().filter(file -> !file.endsWith("kustomization.yaml")).toList();
  }

  /** Returns the files with the given ending. */
  static List<Path> files(String suffix) {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns all objects. */
  static List<JsonNode> objects() {
    return objectFiles().stream().flatMap(file -> objectsIn(read(file)).stream()).toList();
  }

  /** Parses YAML, and rejects duplicate keys. */
  static List<JsonNode> objectsIn(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return StreamSupport.stream(new Yaml(options).loadAll(yaml).spliterator(), false)
        .map(object -> STRICT.<JsonNode>valueToTree(object))
        .toList();
  }

  /**
   * Converts an object to the model of the Kubernetes API.
   *
   * @throws IllegalArgumentException if the object or one of its fields is unknown
   */
  static HasMetadata parse(JsonNode object) {
    try {
      return STRICT.treeToValue(object, typeOf(object));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Class<? extends HasMetadata> typeOf(JsonNode object) {
    return TYPES.stream()
        .filter(HasMetadata.class::isAssignableFrom)
        .<Class<? extends HasMetadata>>map(type -> type.asSubclass(HasMetadata.class))
        .filter(type -> object.path("kind").asText().equals(HasMetadata.getKind(type)))
        .filter(type -> object.path("apiVersion").asText().equals(HasMetadata.getApiVersion(type)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no such kind: " + object));
  }

  /** Returns whether an object belongs to CloudNativePG, which the model lacks. */
  static boolean isCloudNativePg(JsonNode object) {
    return object.path("apiVersion").asText().equals(CLOUD_NATIVE_PG);
  }

  /** Returns CloudNativePG's objects as TypeScript, for the compiler to check. */
  public static String cloudNativePgAsTypeScript() {
    return """
    import type {ICluster, IPooler} from "@kubernetes-models/cloudnative-pg/%s";
    export const objects: (ICluster | IPooler)[] = %s;
    """
        .formatted(CLOUD_NATIVE_PG, objects().stream().filter(Manifests::isCloudNativePg).toList());
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the settings in a file. */
  static Properties settingsIn(Path file) {
    try {
      Properties settings = new Properties();
      settings.load(new StringReader(read(file)));
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
