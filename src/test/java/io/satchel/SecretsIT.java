package io.satchel;

import static io.satchel.Api.PASSWORD;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.satchel.platform.devdatabase.EmbeddedPostgresServer;
import io.satchel.platform.tracing.TraceCollector;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No secret reaches the log, a trace, or a response other than the one that issues it. */
class SecretsIT {

  private static final String WRONG = "wrong-but-secret-6";
  private static final String WEAK = "secret-6";
  private static final String NEXT = "katana-unicorn-7";
  private static final String RESET = "daredevil-defenders-9";

  private final List<String> secrets =
      new ArrayList<>(List.of(PASSWORD, WRONG, WEAK, NEXT, RESET, "argon2id"));
  private final StringBuilder responses = new StringBuilder();
  private PackagedService service;

  @Test
  void secrets_are_in_no_response_no_trace_and_not_in_the_log() throws Exception {
    TestServer.requireEmbedded();
    String email = Api.newEmail();
    String unknown = Api.newEmail();
    EmbeddedPostgres database = EmbeddedPostgresServer.start();
    TraceCollector traces = new TraceCollector();
    MailServer mail = new MailServer();
    List<String> options = new ArrayList<>(List.of(mail.options(traces.options())));
    options.add("-Dquarkus.datasource.jdbc.url=" + EmbeddedPostgresServer.urlOf(database));
    options.add("-Dquarkus.http.access-log.enabled=true");
    try (traces;
        mail;
        PackagedService started = PackagedService.start(options.toArray(String[]::new))) {
      service = started;
      secrets.add(TestSettings.ADMIN_PASSWORD);
      Map<String, String> user = Map.of("email", email, "password", PASSWORD);
      send("POST", "/users/", "", user, 201);
      send("POST", "/users/", "", user, 400);
      send("POST", "/users/", "", Map.of("email", email, "password", WEAK), 422);
      logIn(unknown, WRONG).then().statusCode(400);
      logIn(email, WRONG).then().statusCode(400);
      JsonPath tokens = logIn(email, PASSWORD).then().statusCode(200).extract().jsonPath();
      String accessToken = tokens.getString("access_token");
      String refreshToken = tokens.getString("refresh_token");
      secrets.add(accessToken);
      secrets.add(accessToken.replaceFirst(".*[.]", ""));
      secrets.add(refreshToken);
      send("GET", "/users/me", accessToken, Map.of(), 200);
      send("GET", "/users/me", accessToken + "x", Map.of(), 401);
      send("PUT", "/users/me/password", accessToken, change(WRONG, NEXT), 400);
      send("PUT", "/users/me/password", accessToken, change(PASSWORD, WEAK), 422);
      refresh(refresh(refreshToken));
      refresh(refreshToken);
      String other = logIn(email, PASSWORD).jsonPath().getString("access_token");
      secrets.add(other);
      send("PUT", "/users/me/password", other, change(PASSWORD, NEXT), 204);
      resetPassword(email, mail);
      for (int i = 0; i < 6; i++) {
        logIn(email, WRONG);
      }
      send("GET", "/users/?q=" + email, service.adminToken(), Map.of(), 200);
      database.close(); // to cause errors
      send("POST", "/users/", "", user, 503);
      logIn(email, NEXT).then().statusCode(503);
    } finally {
      database.close();
    }
    service.awaitLogged("\"refresh_token_reuse\"");
    service.awaitLogged("the database is unavailable");
    assertTrue(traces.contains("/users/me/password"));
    assertFalse(traces.contains(email));
    assertFalse(traces.contains(unknown));
    service.awaitLogged("GET /users/ 200");
    assertThat(service.log(), not(containsString(email)));
    assertThat(service.log(), not(containsString(unknown)));
    for (String secret : secrets) {
      assertThat(service.log(), not(containsString(secret)));
      assertThat(responses.toString(), not(containsString(secret)));
      assertFalse(traces.contains(secret));
    }
  }

  private void resetPassword(String email, MailServer mail) throws InterruptedException {
    send("POST", "/password-recovery", "", Map.of("email", email), 202);
    String token = mail.await(email, "Reset your password").token("/reset-password");
    secrets.add(token);
    for (var reset : Map.of("x" + token, 400, token, 204).entrySet()) {
      Map<String, String> body = Map.of("token", reset.getKey(), "new_password", RESET);
      send("POST", "/password-reset", "", body, reset.getValue());
    }
  }

  private void send(
      String method, String path, String token, Map<String, String> body, int status) {
    var request = service.given().auth().preemptive().oauth2(token);
    if (!body.isEmpty()) {
      request.contentType(ContentType.JSON).body(body);
    }
    Response response = request.request(method, path);
    assertEquals(status, response.statusCode(), response.asString());
    responses.append(response.headers()).append(response.asString());
  }

  private Response logIn(String login, String password) {
    return recordIfNotSuccessful(Api.logIn(service.given(), login, password).extract().response());
  }

  private String refresh(String token) {
    Response response =
        recordIfNotSuccessful(Api.refresh(service.given(), token).extract().response());
    if (response.statusCode() == 200) {
      secrets.add(response.jsonPath().getString("access_token"));
      secrets.add(response.jsonPath().getString("refresh_token"));
    }
    return response.jsonPath().getString("refresh_token");
  }

  /** Successful token responses contain secrets, so they are not searched. */
  private Response recordIfNotSuccessful(Response response) {
    if (response.statusCode() != 200) {
      responses.append(response.headers()).append(response.asString());
    }
    return response;
  }

  private static Map<String, String> change(String current, String wanted) {
    return Map.of("current_password", current, "new_password", wanted);
  }
}
