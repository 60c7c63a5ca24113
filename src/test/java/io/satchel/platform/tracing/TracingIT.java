package io.satchel.platform.tracing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.http.ContentType;
import io.satchel.Api;
import io.satchel.Await;
import io.satchel.PackagedService;
import io.satchel.TestServer;
import io.satchel.platform.devdatabase.EmbeddedPostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Traces, and the log as it is in production: what an operator sees of a request. */
class TracingIT {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void a_request_can_be_followed_through_traces_and_log() throws Exception {
    TestServer.requireEmbedded();
    EmbeddedPostgres database = EmbeddedPostgresServer.start();
    try (TraceCollector traces = new TraceCollector();
        PackagedService service = start(traces, database)) {
      String token = service.adminToken();
      service
          .given()
          .auth()
          .oauth2(token)
          .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
          .get("/users/1?limit=1")
          .then()
          .statusCode(200);
      Await.until("the client's trace", () -> traces.containsTrace(TRACE));
      for (String span :
          List.of("GET /users/{user_id}", "POST /token", "hash password", "SELECT")) {
        Await.until(span, () -> traces.contains(span));
      }
      assertFalse(traces.contains("from outbox")); // It is searched every second.
      database.close();
      service
          .given()
          .header("X-Request-Id", "failing")
          .contentType(ContentType.JSON)
          .body(Map.of("email", Api.newEmail(), "password", Api.PASSWORD))
          .post("/users/")
          .then()
          .statusCode(503);
      Await.until("the access log", () -> service.log().contains("POST /users/ 503"));
      List<JsonNode> lines = linesOf(service, "failing");
      assertEquals(
          List.of("ERROR", "INFO"), lines.stream().map(line -> text(line, "level")).toList());
      assertThat(
          text(lines.getFirst(), "message"),
          containsString(
              "POST /users/ of an anonymous client failed: the database is unavailable"));
      assertThat(text(lines.getFirst().get("mdc"), "traceId"), matchesPattern("[0-9a-f]{32}"));
      assertThat(
          text(lines.getLast(), "message"), matchesPattern("127.0.0.1 POST /users/ 503 \\d+ ms"));
    } finally {
      database.close();
    }
  }

  private static PackagedService start(TraceCollector traces, EmbeddedPostgres database) {
    List<String> options = new ArrayList<>(List.of(traces.options()));
    options.add("-Dquarkus.datasource.jdbc.url=" + EmbeddedPostgresServer.urlOf(database));
    options.add("-Dquarkus.log.console.json.enabled=true");
    options.add("-Dquarkus.http.access-log.enabled=true");
    options.add("-Dsatchel.mail.from=satchel@example.com");
    options.add("-Dsatchel.accounts.link-base-url=https://app.example.com");
    return PackagedService.start(options.toArray(String[]::new));
  }

  /** Returns the lines of the log that belong to a request. */
  private List<JsonNode> linesOf(PackagedService service, String requestId) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : service.log().lines().filter(text -> text.startsWith("{")).toList()) {
      JsonNode entry = json.readTree(line);
      if (entry.path("mdc").path("requestId").asText().equals(requestId)) {
        lines.add(entry);
      }
    }
    return lines;
  }

  private static String text(JsonNode object, String member) {
    return object.get(member).asText();
  }
}
