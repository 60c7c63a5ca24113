package io.satchel.platform.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.satchel.Await;
import io.satchel.PackagedService;
import io.satchel.TestServer;
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
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A replica that processes as many requests as it may. */
class OverloadIT {

  private static final int LIMIT = 4;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void requests_beyond_the_limit_are_rejected_at_once_and_the_others_are_served() throws Exception {
    String database = TestServer.newDatabase();
    try (PackagedService service =
            PackagedService.start(
                "-Dquarkus.datasource.jdbc.url=" + database,
                "-Dsatchel.limits.concurrent-requests=" + LIMIT);
        Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      String token = service.adminToken();
      String item =
          service
              .as(token)
              .contentType(ContentType.JSON)
              .body("{\"title\": \"Katana\"}")
              .post("/items/")
              .header("Location");
      connection.setAutoCommit(false);
      statement.execute("select from items for update");
      List<CompletableFuture<HttpResponse<String>>> waiting =
          Stream.generate(() -> send(service.root().resolve(item), token)).limit(LIMIT).toList();
      Await.until(
          "the number of requests",
          () -> metrics(service).contains("satchel_requests_running 4.0"));
      HttpResponse<String> rejected = send(service.root().resolve("/items/"), token).join();
      assertEquals(503, rejected.statusCode());
      assertThat(rejected.body(), containsString("/problems/unavailable"));
      assertThat(rejected.headers().map().keySet(), hasItem("retry-after"));
      assertThat(rejected.headers().map().keySet(), hasItem("x-request-id"));
      RestAssured.get(service.management().resolve("/q/health/ready")).then().statusCode(200);
      connection.rollback();
      for (CompletableFuture<HttpResponse<String>> response : waiting) {
        assertEquals(200, response.join().statusCode());
      }
      service.as(token).get("/items/").then().statusCode(200);
      statement.execute("select from items for update");
      for (int i = 0; i < LIMIT; i++) {
        abandon(service, item, token);
      }
      connection.rollback();
      Await.until(
          "the number of requests",
          () -> metrics(service).contains("satchel_requests_running 0.0"));
      assertThat(metrics(service), containsString("satchel_requests_rejected_total 1.0"));
      service.as(token).get("/items/").then().statusCode(200);
    }
  }

  private CompletableFuture<HttpResponse<String>> send(URI uri, String token) {
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
  private static void abandon(PackagedService service, String item, String token)
      throws IOException, InterruptedException {
    String running = metrics(service);
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
      Await.until("the number of requests", () -> !metrics(service).equals(running));
    }
  }

  private static String metrics(PackagedService service) {
    return RestAssured.get(service.management().resolve("/q/metrics"))
        .asString()
        .lines()
        .filter(line -> line.startsWith("satchel_requests_"))
        .toList()
        .toString();
  }
}
