package io.satchel.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Finds parts of Kubernetes objects. */
final class KubernetesObjects {

  private KubernetesObjects() {}

  /** Returns the only object of a kind in the base and the monitoring. */
  static JsonNode only(String kind) {
    List<JsonNode> base =
        Manifests.objectFiles().stream()
            .filter(file -> !file.startsWith(Manifests.FOLDER.resolve("overlays")))
            .flatMap(file -> Manifests.objectsIn(Manifests.read(file)).stream())
            .toList();
    return only(base, kind);
  }

  /** Returns the only object of a kind. */
  static JsonNode only(List<JsonNode> objects, String kind) {
    List<JsonNode> found =
        objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
    assertEquals(1, found.size(), kind);
    return found.getFirst();
  }

  /** Returns the names of the objects of a kind. */
  static List<String> names(List<JsonNode> objects, String kind) {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .map(object -> object.at("/metadata/name").asText())
        .toList();
  }

  /** Returns the pod specifications of Deployments and other workloads. */
  static List<JsonNode> pods(List<JsonNode> objects) {
    return objects.stream()
        .filter(object -> !Manifests.isCloudNativePg(object))
        .map(object -> object.at("/spec/template/spec"))
        .filter(JsonNode::isObject)
        .toList();
  }

  static Stream<JsonNode> containers(List<JsonNode> objects) {
    return pods(objects).stream().flatMap(pod -> stream(pod.get("containers")));
  }

  /** Returns the containers that run the service. */
  static Stream<JsonNode> ownContainers() {
    return containers(Manifests.objects())
        .filter(container -> container.get("name").asText().equals("satchel"))
        .filter(container -> container.has("env"));
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
