package io.satchel.cluster;

import static io.satchel.cluster.KubernetesObjects.containers;
import static io.satchel.cluster.KubernetesObjects.names;
import static io.satchel.cluster.KubernetesObjects.only;
import static io.satchel.cluster.KubernetesObjects.pods;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.satchel.ExternalPrograms;
import io.satchel.ExternalPrograms.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests in k8s are valid in the Kubernetes API. */
@Execution(CONCURRENT)
class ManifestsTest {

  private static final Map<String, String> KNOWN = KnownSettings.variables();

  static List<Path> files() {
    return Manifests.objectFiles();
  }

  @ParameterizedTest
  @MethodSource("files")
  void every_object_is_valid_in_the_kubernetes_api(Path file) {
    assertAccepted(Manifests.objectsIn(Manifests.read(file)));
  }

  static List<Path> overlays() throws IOException {
    try (Stream<Path> folders = Files.list(Manifests.FOLDER.resolve("overlays"))) {
      return folders.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void the_output_of_kustomize_is_valid(Path overlay) {
    ExternalPrograms.require("kubectl");
    List<JsonNode> objects = kustomized(overlay);
    assertAccepted(objects);
    List<JsonNode> images = containers(objects).map(container -> container.get("image")).toList();
    assertThat(images.toString(), not(containsString("\"satchel\"")));
    for (JsonNode container : containers(objects).toList()) {
      for (JsonNode source : container.path("envFrom")) {
        String name = source.path("configMapRef").path("name").asText();
        assertThat(names(objects, "ConfigMap"), hasItem(name));
      }
    }
    for (JsonNode pod : pods(objects)) {
      assertRestricted(pod);
    }
    for (JsonNode object : objects) {
      assertThat(
          object.at("/metadata/name").asText(), matchesPattern("[a-z0-9]([a-z0-9.-]*[a-z0-9])?"));
      boolean isDashboard = object.at("/metadata/labels").has("grafana_dashboard");
      if (object.get("kind").asText().equals("ConfigMap") && !isDashboard) {
        object
            .get("data")
            .fieldNames()
            .forEachRemaining(setting -> assertThat(setting, in(KNOWN.keySet())));
      }
    }
  }

  @Test
  void in_production_a_version_has_a_migration_of_its_own_and_the_autoscaler_counts_replicas() {
    ExternalPrograms.require("kubectl");
    List<JsonNode> objects = kustomized(Manifests.FOLDER.resolve("overlays/production"));
    JsonNode deployment = only(objects, "Deployment");
    assertTrue(deployment.at("/spec/replicas").isMissingNode());
    String image = deployment.at("/spec/template/spec/containers/0/image").asText();
    assertEquals(
        List.of("satchel-migration-" + image.substring(image.indexOf(':') + 1)),
        names(objects, "Job"));
    assertEquals(
        "DoNotSchedule",
        deployment
            .at("/spec/template/spec/topologySpreadConstraints/0/whenUnsatisfiable")
            .asText());
  }

  @Test
  void an_unknown_field_is_rejected() {
    ObjectNode deployment = only("Deployment").deepCopy();
    ((ObjectNode) deployment.get("spec")).put("replica", 2);
    Throwable rejected =
        assertThrows(IllegalArgumentException.class, () -> Manifests.parse(deployment));
    assertThat(rejected.getMessage(), containsString("\"replica\""));
    deployment.put("kind", "Deploiment");
    assertThrows(IllegalArgumentException.class, () -> Manifests.parse(deployment));
  }

  @Test
  void all_pods_conform_to_the_restricted_profile() {
    List<JsonNode> pods =
        pods(Manifests.objects().stream().filter(ManifestsTest::isWhole).toList());
    assertEquals(3, pods.size());
    pods.forEach(ManifestsTest::assertRestricted);
  }

  private static void assertAccepted(List<JsonNode> objects) {
    assertFalse(objects.isEmpty());
    for (JsonNode object : objects) {
      if (!Manifests.isCloudNativePg(object)) {
        assertEquals(object.get("kind").asText(), Manifests.parse(object).getKind());
      }
    }
  }

  /** Checks the restricted Pod Security Standard, and a read-only root file system. */
  private static void assertRestricted(JsonNode pod) {
    assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean());
    assertThat(pod.at("/securityContext/runAsUser").asInt(), greaterThan(0));
    assertEquals("RuntimeDefault", pod.at("/securityContext/seccompProfile/type").asText());
    assertEquals("false", pod.at("/automountServiceAccountToken").asText());
    for (JsonNode container : pod.get("containers")) {
      JsonNode context = container.get("securityContext");
      assertEquals("false", context.at("/allowPrivilegeEscalation").asText());
      assertEquals("[\"ALL\"]", context.at("/capabilities/drop").toString());
      assertTrue(context.at("/readOnlyRootFilesystem").asBoolean());
      assertTrue(container.at("/resources/requests/cpu").isTextual());
      assertTrue(container.at("/resources/requests/memory").isTextual());
      assertTrue(container.at("/resources/limits/memory").isTextual());
    }
  }

  /** Skips patches of Deployments, which have no selector. */
  private static boolean isWhole(JsonNode object) {
    return object.path("kind").asText().equals("Job") || object.path("spec").has("selector");
  }

  private static List<JsonNode> kustomized(Path overlay) {
    Result result = ExternalPrograms.run(overlay, Map.of(), "kubectl", "kustomize");
    assertEquals(0, result.status(), result.output());
    return Manifests.objectsIn(result.output());
  }
}
