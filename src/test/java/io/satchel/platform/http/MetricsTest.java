package io.satchel.platform.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.satchel.Api;
import io.satchel.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MetricsTest {

  @ConfigProperty(name = "quarkus.management.test-port")
  int managementPort;

  @Test
  void metrics_are_labelled_with_the_path_template() {
    Api.asAdmin().get("/items/4711000000000/").then().statusCode(404);
    given().get("/nothing/is/here").then().statusCode(404);
    given().formParam("grant_type", "guess").post("/token").then().statusCode(400);
    awaitMetric("status=\"404\",uri=\"/items/{item_id}\"");
    awaitMetric("status=\"404\",uri=\"NOT_FOUND\"");
    awaitMetric("status=\"400\",uri=\"/token\"");
    assertThat(metrics(), not(containsString("4711000000000")));
    assertThat(metrics(), not(containsString("nothing")));
  }

  @Test
  void made_up_paths_and_methods_are_not_labels() {
    given().get("/.well-known/jwks.json").then().statusCode(200);
    for (int i = 0; i < 150; i++) {
      given().post("/items/made-up-" + i).then().statusCode(405);
      given().request("MADEUP" + i, "/items/").then().statusCode(405);
    }
    awaitMetric("method=\"UNKNOWN\",outcome=\"CLIENT_ERROR\",status=\"405\"");
    awaitMetric("status=\"200\",uri=\"/.well-known/jwks.json\"");
    assertThat(metrics(), not(containsString("made-up")));
    assertThat(metrics(), not(containsString("MADEUP")));
  }

  /** A request is counted just after its response has been sent. */
  private void awaitMetric(String text) {
    Await.until(text, () -> metrics().contains(text));
  }

  @Test
  void the_connection_pool_has_metrics() {
    assertThat(metrics(), containsString("agroal_active_count"));
    assertThat(metrics(), containsString("agroal_awaiting_count"));
  }

  @Test
  void every_metric_of_the_service_has_a_description_and_is_documented() throws IOException {
    String operations = Files.readString(Path.of("docs", "operations.md"));
    List<String> metrics =
        metrics().lines().filter(line -> line.startsWith("# HELP satchel_")).toList();
    assertFalse(metrics.isEmpty());
    for (String metric : metrics) {
      assertThat(metric, matchesPattern("# HELP \\w+ \\w+ .+"));
      String name = metric.replaceFirst("# HELP (\\w+?)(_total|_max)? .*", "$1");
      assertThat(operations, containsString("`" + name));
    }
  }

  @Test
  void what_the_service_rejects_and_repeats_is_counted() {
    Api.asAdmin().get("/items/export").then().statusCode(200);
    String key = UUID.randomUUID().toString();
    for (int i = 0; i < 2; i++) {
      Api.asAdmin()
          .header("Idempotency-Key", key)
          .contentType(ContentType.JSON)
          .body("{\"title\": \"Katana\"}")
          .post("/items/")
          .then()
          .statusCode(201);
    }
    String metrics = metrics();
    for (String metric :
        List.of(
            "satchel_audit_events_total{event=\"login\",outcome=\"success\"} [1-9]",
            "satchel_audit_events_total{event=\"login\",outcome=\"throttled\"}",
            "satchel_audit_events_total{event=\"refresh_token_reuse\",outcome=\"failure\"}",
            "satchel_rate_limit_rejections_total{limit=\"requests\"}",
            "satchel_rate_limit_rejections_total{limit=\"attempts\"}",
            "satchel_password_hashing_waiting ",
            "satchel_password_hashing_refused_total ",
            "satchel_idempotent_replays_total [1-9]",
            "satchel_exports ",
            "satchel_slow_queries_total ")) {
      assertTrue(Pattern.compile(metric.replace("{", "\\{")).matcher(metrics).find(), metric);
    }
  }

  @Test
  void metrics_are_not_on_the_clients_port() {
    given().get("/q/metrics").then().statusCode(404);
  }

  private String metrics() {
    return given().port(managementPort).get("/q/metrics").then().extract().asString();
  }
}
