package io.satchel.platform.devdatabase;

import static io.restassured.RestAssured.given;
import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.newEmail;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.satchel.PackagedService;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseOutageIT {

  @TempDir Path data;

  @Test
  void without_its_database_the_service_returns_503_and_recovers() throws Exception {
    EmbeddedPostgres server = start(0);
    String url = EmbeddedPostgresServer.urlOf(server);
    try (PackagedService service = PackagedService.start("-Dquarkus.datasource.jdbc.url=" + url)) {
      signUp(service).statusCode(201);
      String token = service.adminToken();
      health(service).statusCode(200);

      server.close();
      for (ValidatableResponse response : List.of(signUp(service), list(service, token))) {
        response
            .statusCode(503)
            .contentType("application/problem+json")
            .header("Retry-After", equalTo("5"))
            .body("type", equalTo("/problems/unavailable"));
      }
      health(service).statusCode(503);

      server = start(server.getPort());
      signUp(service).statusCode(201);
      health(service).statusCode(200);
    } finally {
      server.close();
    }
  }

  private EmbeddedPostgres start(int port) throws IOException {
    return EmbeddedPostgresServer.configure(data)
        .setCleanDataDirectory(false) // keeps the data for the restart
        .setPort(port)
        .start();
  }

  private static ValidatableResponse signUp(PackagedService service) {
    return given()
        .baseUri(service.root().toString())
        .contentType(ContentType.JSON)
        .body(Map.of("email", newEmail(), "password", PASSWORD))
        .when()
        .post("/users/")
        .then();
  }

  private static ValidatableResponse list(PackagedService service, String token) {
    return given()
        .baseUri(service.root().toString())
        .auth()
        .oauth2(token)
        .when()
        .get("/items/")
        .then();
  }

  private static ValidatableResponse health(PackagedService service) {
    return given().baseUri(service.management().toString()).when().get("/q/health/ready").then();
  }
}
