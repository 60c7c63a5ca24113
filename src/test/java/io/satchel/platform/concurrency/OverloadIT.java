package io.satchel.platform.concurrency;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.satchel.Await;
import io.satchel.PackagedService;
import io.satchel.TestServer;
import io.satchel.platform.persistence.DatabaseQueries;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A replica that processes as many requests as it may. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverloadIT {

  private static final int LIMIT = 4;

  private final HttpClient client = HttpClient.newHttpClient();

  private PackagedService service;
  private Connection connection;
  private String token;
  private String item;

  @BeforeAll
  void start() throws SQLException {
    String database = TestServer.newDatabase();
    service =
        PackagedService.start(
            "-Dquarkus.datasource.jdbc.url=" + database,
            "-Dsatchel.limits.concurrent-requests=" + LIMIT,
            "-Dsatchel.limits.concurrent-requests-of-caller=" + LIMIT,
            "-Dquarkus.datasource.jdbc.max-size=" + LIMIT); // Readiness needs none of them.
    connection = DriverManager.getConnection(database);
    connection.setAutoCommit(false);
    token = service.adminToken();
    item =
        service
            .as(token)
            .contentType(ContentType.JSON)
            .body("{\"title\": \"Katana\"}")
            .post("/items/")
            .header("Location");
  }

  @AfterAll
  void stop() throws SQLException {
    connection.close();
    client.close();
    service.close();
  }

  @BeforeEach
  void lockItems() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "select from items where id = %s for update".formatted(item.replaceAll(".*/", "")));
    }
  }

  @AfterEach
  void unlockItems() throws SQLException {
    connection.rollback();
  }

  @Test
  void requests_beyond_the_limit_are_rejected_at_once_and_the_others_are_served() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> waiting =
        Stream.generate(() -> send(service.root().resolve(item))).limit(LIMIT).toList();
    awaitRunning(LIMIT);
    String rejections = metric("satchel_requests_rejected_total");
    HttpResponse<String> rejected = send(service.root().resolve("/items/")).join();
    assertEquals(503, rejected.statusCode());
    assertThat(rejected.body(), containsString("/problems/unavailable"));
    assertThat(rejected.headers().map().keySet(), hasItem("retry-after"));
    assertThat(rejected.headers().map().keySet(), hasItem("x-request-id"));
    assertThat(metric("satchel_requests_rejected_total"), not(rejections));
    try (Statement statement = connection.createStatement()) {
      DatabaseQueries.awaitWaiting(statement, LIMIT); // They have all connections of the pool.
    }
    RestAssured.get(service.management().resolve("/q/health/ready")).then().statusCode(200);
    connection.rollback();
    for (CompletableFuture<HttpResponse<String>> response : waiting) {
      assertEquals(200, response.join().statusCode());
    }
    awaitRunning(0);
    service.as(token).get("/items/").then().statusCode(200);
  }

  @Test
  void requests_without_a_token_leave_a_quarter_of_the_places() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> waiting =
        Stream.generate(() -> send(service.root().resolve(item))).limit(LIMIT - 1).toList();
    awaitRunning(LIMIT - 1);
    given().baseUri(service.root().toString()).get("/problems/conflict").then().statusCode(503);
    service.as(token).get("/items/").then().statusCode(200);
    connection.rollback();
    waiting.forEach(CompletableFuture::join);
    awaitRunning(0);
  }

  @Test
  void a_request_keeps_its_place_after_its_client_has_disconnected() throws Exception {
    for (int i = 1; i <= LIMIT; i++) {
      abandonWhenRunning(i);
    }
    service.as(token).get("/items/").then().statusCode(503);
    connection.rollback();
    awaitRunning(0);
    service.as(token).get("/items/").then().statusCode(200);
  }

  private CompletableFuture<HttpResponse<String>> send(URI uri) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json");
    if (!uri.getPath().equals("/items/")) {
      request.method("PATCH", HttpRequest.BodyPublishers.ofString("{\"title\": \"Wakizashi\"}"));
    }
    return client.sendAsync(request.build(), BodyHandlers.ofString());
  }

  /** Sends a request that waits for the lock, and closes the connection. */
  private void abandonWhenRunning(int requests) throws IOException, InterruptedException {
    try (Socket socket = new Socket(service.root().getHost(), service.root().getPort())) {
      String request =
          """
          PATCH %s HTTP/1.1\r
          Host: localhost\r
          Authorization: Bearer %s\r
          Content-Type: application/json\r
          Content-Length: 13\r
          \r
          {"title":"x"}\
          """
              .formatted(URI.create(item).getPath(), token);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      awaitRunning(requests);
    }
  }

  private void awaitRunning(int requests) throws InterruptedException {
    Await.until(
        "the number of requests",
        () -> metric("satchel_requests_running").endsWith(" %d.0".formatted(requests)));
  }

  private String metric(String name) {
    return service
        .metrics()
        .lines()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .orElseThrow();
  }
}
