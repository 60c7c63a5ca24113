package io.satchel.items;

import static io.satchel.Api.as;
import static io.satchel.Api.delete;
import static io.satchel.Api.newPerson;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.satchel.Api.Person;
import io.satchel.Await;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exports that fail, and clients that read slowly. */
@QuarkusTest
class ExportInterruptedTest {

  @Inject DataSource database;

  private Person owner;

  @BeforeEach
  void createOwner() {
    owner = newPerson();
  }

  /** Other tests export all items, which would take long with these. */
  @AfterEach
  void deleteOwner() {
    delete("/users/" + owner.id()).statusCode(204);
  }

  @Test
  void a_failure_during_the_export_does_not_look_complete() throws Exception {
    addLong();
    try (InputStream body = open(owner);
        Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      body.readNBytes(1_000);
      statement.execute("alter table items rename to gone");
      try {
        assertThrows(IOException.class, body::readAllBytes);
      } finally {
        statement.execute("alter table gone rename to items");
      }
    }
    as(owner).get("/items/export").then().statusCode(200);
  }

  @Test
  void a_failure_at_the_start_is_a_problem() throws Exception {
    as(owner).get("/users/me").then().statusCode(200);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter table items rename to gone");
      try {
        as(owner)
            .get("/items/export")
            .then()
            .statusCode(500)
            .contentType("application/problem+json");
      } finally {
        statement.execute("alter table gone rename to items");
      }
    }
  }

  @Test
  void the_number_of_concurrent_exports_of_all_and_of_a_caller_is_limited() throws Exception {
    addLong();
    List<InputStream> slow = new ArrayList<>();
    for (Person reader : List.of(owner, newPerson(), newPerson(), newPerson())) {
      slow.add(open(reader));
      slow.add(open(reader));
      as(reader).get("/items/export").then().statusCode(429);
    }
    as(newPerson())
        .get("/items/export")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", equalTo("5"));
    as(owner).get("/items/?limit=1").then().statusCode(200);
    for (InputStream body : slow) {
      body.close();
    }
    // As soon as the service notices that they have disconnected.
    Await.until("a place", () -> as(owner).get("/items/export").statusCode() == 200);
  }

  /** An export of which the client reads only a part. */
  private static InputStream open(Person reader) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(
                URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/items/export"))
            .header("Authorization", "Bearer " + reader.accessToken())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body();
  }

  /** More than the network buffers between the service and a client that does not read. */
  private void addLong() {
    Map<String, String> item = Map.of("title", "x", "description", "ä".repeat(2_000));
    for (int i = 0; i < 4; i++) {
      as(owner)
          .contentType(ContentType.JSON)
          .body(Collections.nCopies(1_000, item))
          .post("/items/batch")
          .then()
          .statusCode(201);
    }
  }
}
