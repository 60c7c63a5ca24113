package io.satchel.cluster;

import static io.satchel.cluster.KubernetesObjects.names;
import static io.satchel.cluster.KubernetesObjects.only;
import static io.satchel.cluster.KubernetesObjects.ownContainers;
import static io.satchel.cluster.KubernetesObjects.stream;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.in;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests in k8s match the application. */
@QuarkusTest
class ManifestsOfApplicationTest {

  private static final Map<String, String> KNOWN = KnownSettings.variables();

  @ConfigProperty(name = "quarkus.management.test-port")
  int managementTestPort;

  @Test
  void every_setting_is_known_to_the_application() {
    TreeSet<String> settings = new TreeSet<>();
    ownContainers()
        .flatMap(container -> stream(container.get("env")))
        .forEach(variable -> settings.add(variable.get("name").asText()));
    for (Path file : Manifests.files(".env")) {
      settings.addAll(Manifests.settingsIn(file).stringPropertyNames());
    }
    assertThat(settings.size(), greaterThan(8));
    assertThat(settings, everyItem(in(KNOWN.keySet())));
    assertFalse(KNOWN.containsKey("SATCHEL_MIGRATE_AT_STRAT"));
    assertFalse(KNOWN.containsKey("QUARKUS_DATASOURCE_DB_KIND"));
  }

  @Test
  void no_file_contains_a_secret() {
    for (Path file : Manifests.files(".env")) {
      for (String name : Manifests.settingsIn(file).stringPropertyNames()) {
        assertFalse(name.contains("PASSWORD"), name);
      }
      assertFalse(Manifests.read(file).contains("password="), file::toString);
    }
    ownContainers()
        .flatMap(container -> stream(container.get("env")))
        .forEach(variable -> assertTrue(variable.at("/valueFrom/secretKeyRef").isObject()));
    assertThat(names(Manifests.objects(), "Secret"), empty());
  }

  @Test
  void ports_are_those_of_the_application() {
    JsonNode container = only("Deployment").at("/spec/template/spec/containers/0");
    assertEquals(
        Map.of(
            "http", KNOWN.get("QUARKUS_HTTP_PORT"),
            "management", KNOWN.get("QUARKUS_MANAGEMENT_PORT")),
        Map.of(
            container.at("/ports/0/name").asText(), container.at("/ports/0/containerPort").asText(),
            container.at("/ports/1/name").asText(),
                container.at("/ports/1/containerPort").asText()));
    List<String> named =
        stream(container.get("ports")).map(port -> port.get("name").asText()).toList();
    JsonNode service = only("Service");
    List<String> targets =
        stream(service.at("/spec/ports")).map(port -> port.get("targetPort").asText()).toList();
    assertThat(targets, containsInAnyOrder(named.toArray()));
    JsonNode policy = only("NetworkPolicy");
    assertEquals("http", policy.at("/spec/ingress/0/ports/0/port").asText());
    assertEquals("management", policy.at("/spec/ingress/1/ports/0/port").asText());
    assertEquals(
        service.at("/spec/ports/0/port").asInt(),
        only("HTTPRoute").at("/spec/rules/0/backendRefs/0/port").asInt());
    assertEquals(
        service.at("/spec/ports/1/name"), only("ServiceMonitor").at("/spec/endpoints/0/port"));
  }

  @Test
  void the_paths_of_probes_and_metrics_are_those_of_the_application() {
    JsonNode container = only("Deployment").at("/spec/template/spec/containers/0");
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertEquals("management", container.at("/" + probe + "/httpGet/port").asText());
      assertAnswered(container.at("/" + probe + "/httpGet/path").asText());
    }
    assertAnswered(only("ServiceMonitor").at("/spec/endpoints/0/path").asText());
  }

  @Test
  void the_grace_period_is_longer_than_the_shutdown() {
    Properties settings = Manifests.settingsIn(Manifests.FOLDER.resolve("base/settings.env"));
    Duration shutdown =
        Duration.parse("PT" + settings.getProperty("QUARKUS_SHUTDOWN_DELAY"))
            .plus(Duration.parse("PT" + settings.getProperty("QUARKUS_SHUTDOWN_TIMEOUT")));
    int grace = only("Deployment").at("/spec/template/spec/terminationGracePeriodSeconds").asInt();
    assertThat(Duration.ofSeconds(grace), greaterThan(shutdown.plusSeconds(10)));
    assertEquals(0, only("Deployment").at("/spec/strategy/rollingUpdate/maxUnavailable").asInt());
  }

  @Test
  void keys_are_mounted_where_the_settings_expect_them() {
    JsonNode pod = only("Deployment").at("/spec/template/spec");
    String folder = pod.at("/containers/0/volumeMounts/0/mountPath").asText();
    assertEquals(pod.at("/containers/0/volumeMounts/0/name"), pod.at("/volumes/0/name"));
    assertTrue(
        Manifests.settingsIn(Manifests.FOLDER.resolve("base/settings.env"))
            .getProperty("SATCHEL_TOKENS_SIGNING_KEYS")
            .startsWith(folder + "/"));
  }

  @ParameterizedTest
  @MethodSource("io.satchel.cluster.SupplyChainTest#dockerfiles")
  void pods_run_as_the_user_of_the_image(Path dockerfile) {
    String last = SupplyChainTest.matches(dockerfile, "USER (.*)").getLast();
    for (String kind : List.of("Deployment", "Job")) {
      JsonNode context = only(kind).at("/spec/template/spec/securityContext");
      assertEquals(
          last, context.get("runAsUser").asText() + ":" + context.get("runAsGroup").asText());
    }
  }

  private void assertAnswered(String path) {
    RestAssured.given().port(managementTestPort).get(path).then().statusCode(200);
  }
}
