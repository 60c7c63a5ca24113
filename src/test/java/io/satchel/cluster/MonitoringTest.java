package io.satchel.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.satchel.Api;
import io.satchel.ExternalPrograms;
import io.satchel.ExternalPrograms.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts and the dashboard in k8s/monitoring. */
@QuarkusTest
class MonitoringTest {

  private static final Path FOLDER = Manifests.FOLDER.resolve("monitoring");
  private static final Path TESTS = Path.of("src", "test", "resources", "alerts-test.yaml");

  /** A metric with a selector of labels. Others are recorded by a rule. */
  private static final Pattern METRIC = Pattern.compile("([a-z_]+)\\{");

  /** Metrics of Kubernetes and of Prometheus itself. */
  private static final Pattern FOREIGN = Pattern.compile("kube_.*|up");

  private final ObjectMapper json = new ObjectMapper();

  @ConfigProperty(name = "quarkus.management.test-port")
  int managementPort;

  @TempDir Path folder;

  @Test
  void alerts_fire_when_they_should() throws IOException {
    ExternalPrograms.require("promtool");
    json.writeValue(folder.resolve("rules.yaml").toFile(), Map.of("groups", rules()));
    Files.copy(TESTS, folder.resolve("tests.yaml"));
    for (String[] command :
        List.of(
            new String[] {"promtool", "check", "rules", "rules.yaml"},
            new String[] {"promtool", "test", "rules", "tests.yaml"})) {
      Result result = ExternalPrograms.run(folder, Map.of(), command);
      assertEquals(0, result.status(), result.output());
    }
  }

  @Test
  void each_alert_has_a_test_and_a_section_in_the_runbook() throws IOException {
    List<String> alerts = rules().findValuesAsText("alert").stream().distinct().toList();
    assertThat(alerts.size(), greaterThan(5));
    for (String alert : alerts) {
      assertThat(Files.readString(TESTS), containsString("alertname: " + alert + "\n"));
      assertThat(
          Files.readString(Path.of("docs", "runbook.md")), containsString("\n## " + alert + "\n"));
    }
  }

  @Test
  void each_metric_of_the_alerts_and_the_dashboard_exists() throws IOException {
    Api.asAdmin().get("/items/export").then().statusCode(200);
    for (int i = 0; i < 2; i++) {
      Api.asAdmin()
          .header("Idempotency-Key", "monitoring-test")
          .contentType(ContentType.JSON)
          .body(Map.of("title", "Katana"))
          .post("/items/")
          .then()
          .statusCode(201);
    }
    String exported =
        RestAssured.given().port(managementPort).get("/q/metrics").then().extract().asString();
    JsonNode dashboard = json.readTree(FOLDER.resolve("dashboard.json").toFile());
    TreeSet<String> used = new TreeSet<>();
    Stream.of(rules(), dashboard)
        .flatMap(file -> file.findValuesAsText("expr").stream())
        .forEach(expression ->
            METRIC.matcher(expression).results().forEach(name -> used.add(name.group(1))));
    used.removeIf(FOREIGN.asMatchPredicate());
    assertThat(used.size(), greaterThan(15));
    for (String metric : used) {
      assertThat(exported, containsString("\n" + metric));
    }
  }

  private static JsonNode rules() throws IOException {
    return Manifests.objectsIn(Files.readString(FOLDER.resolve("prometheus-rule.yaml")))
        .getFirst()
        .get("spec")
        .get("groups");
  }
}
