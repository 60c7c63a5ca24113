package io.satchel.platform.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.satchel.Api;
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
    assertThat(metrics(), containsString("status=\"404\",uri=\"/items/{item_id}\""));
    assertThat(metrics(), containsString("status=\"404\",uri=\"NOT_FOUND\""));
    assertThat(metrics(), containsString("status=\"400\",uri=\"/token\""));
    assertThat(metrics(), not(containsString("4711000000000")));
    assertThat(metrics(), not(containsString("nothing")));
  }

  @Test
  void made_up_paths_and_methods_are_not_labels() {
    for (int i = 0; i < 150; i++) {
      given().post("/items/made-up-" + i).then().statusCode(405);
      given().request("MADEUP" + i, "/items/").then().statusCode(405);
    }
    given().get("/.well-known/jwks.json").then().statusCode(200);
    assertThat(metrics(), not(containsString("made-up")));
    assertThat(metrics(), not(containsString("MADEUP")));
    assertThat(metrics(), containsString("status=\"200\",uri=\"/.well-known/jwks.json\""));
  }

  @Test
  void the_connection_pool_has_metrics() {
    assertThat(metrics(), containsString("agroal_active_count"));
    assertThat(metrics(), containsString("agroal_awaiting_count"));
  }

  @Test
  void metrics_are_not_on_the_clients_port() {
    given().get("/q/metrics").then().statusCode(404);
  }

  private String metrics() {
    return given().port(managementPort).get("/q/metrics").then().extract().asString();
  }
}
