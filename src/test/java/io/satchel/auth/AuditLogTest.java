package io.satchel.auth;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.as;
import static io.satchel.Api.delete;
import static io.satchel.Api.logIn;
import static io.satchel.Api.newEmail;
import static io.satchel.Api.newPerson;
import static io.satchel.Api.patch;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.satchel.Api;
import io.satchel.Api.Person;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The entries of the audit log. */
@QuarkusTest
class AuditLogTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Logger log = Logger.getLogger("audit");
  private final LogCapture auditLog = new LogCapture();
  private Person person;
  private long admin;

  private static final class LogCapture extends Handler {

    private final List<String> entries = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord entry) {
      entries.add(entry.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    Api.renewAdminToken();
    person = newPerson();
    admin = Api.get("/users/me").extract().jsonPath().getLong("id");
    log.addHandler(auditLog);
  }

  @AfterEach
  void stopListening() {
    log.removeHandler(auditLog);
  }

  @Test
  void a_login_is_logged() throws Exception {
    RestAssured.given()
        .header("X-Request-Id", "the-request-7")
        .header("X-Forwarded-For", "192.0.2.9")
        .formParams("grant_type", "password", "username", person.email(), "password", PASSWORD)
        .post("/token")
        .then()
        .statusCode(200)
        .header("X-Request-Id", equalTo("the-request-7"));
    JsonNode entry = only("login", "success", person.id(), person.id());
    assertEquals("192.0.2.9", entry.get("from").asText());
    assertEquals("the-request-7", entry.get("request_id").asText());
  }

  @Test
  void a_failed_login_is_logged() throws Exception {
    logIn(person.email(), "wrong-secret").statusCode(400);
    only("login", "failure", null, person.id());
  }

  @Test
  void a_failed_login_without_an_account_is_logged() throws Exception {
    String email = newEmail();
    logIn(email, "wrong-secret").statusCode(400);
    only("login", "failure", null, null);
    assertThat(auditLog.entries, everyItem(not(containsString(email))));
  }

  @Test
  void a_throttled_login_is_logged() throws Exception {
    for (int i = 0; i < 6; i++) {
      logIn(person.email(), "wrong-secret");
    }
    auditLog.entries.subList(0, 5).clear();
    only("login", "throttled", null, person.id());
  }

  @Test
  void the_reuse_of_a_refresh_token_is_logged() throws Exception {
    JsonPath tokens = logIn(person.email(), PASSWORD).extract().jsonPath();
    String token = tokens.getString("refresh_token");
    String next =
        Api.refresh(RestAssured.given(), token).statusCode(200).extract().path("refresh_token");
    Api.refresh(RestAssured.given(), next).statusCode(200);
    auditLog.entries.clear();
    Api.refresh(RestAssured.given(), token).statusCode(400);
    only("refresh_token_reuse", "failure", null, person.id());
  }

  @Test
  void a_password_change_is_logged() throws Exception {
    changePassword("wrong-secret");
    only("password_change", "failure", person.id(), person.id());
    auditLog.entries.clear();
    changePassword(PASSWORD);
    only("password_change", "success", person.id(), person.id());
  }

  @Test
  void the_end_of_sessions_and_an_export_are_logged() throws Exception {
    as(person).get("/users/me/export").then().statusCode(200);
    only("data_exported", "success", person.id(), person.id());
    auditLog.entries.clear();
    as(person).delete("/users/me/sessions").then().statusCode(204);
    only("sessions_ended", "success", person.id(), person.id());
    auditLog.entries.clear();
    delete("/users/" + person.id() + "/sessions").statusCode(204);
    only("sessions_ended", "success", admin, person.id());
    auditLog.entries.clear();
    Person other = newPerson();
    String session = as(other).get("/users/me/sessions").jsonPath().getString("[0].id");
    as(other).delete("/users/me/sessions/" + session).then().statusCode(204);
    only("session_ended", "success", other.id(), other.id());
  }

  @Test
  void a_change_of_rights_is_logged() throws Exception {
    for (var change :
        List.of(
            Map.entry("admin_granted", Map.of("is_admin", true)),
            Map.entry("admin_revoked", Map.of("is_admin", false)),
            Map.entry("user_deactivated", Map.of("is_active", false)),
            Map.entry("user_activated", Map.of("is_active", true)))) {
      auditLog.entries.clear();
      patch("/users/" + person.id(), change.getValue()).statusCode(200);
      only(change.getKey(), "success", admin, person.id());
      auditLog.entries.clear();
      patch("/users/" + person.id(), change.getValue()).statusCode(200);
      assertEquals(List.of(), auditLog.entries); // Nothing was changed.
    }
  }

  @Test
  void a_deletion_is_logged() throws Exception {
    delete("/users/" + person.id()).statusCode(204);
    only("user_deleted", "success", admin, person.id());
    auditLog.entries.clear();
    delete("/users/" + person.id()).statusCode(404);
    assertEquals(List.of(), auditLog.entries);
  }

  @Test
  void an_invalid_request_id_is_replaced() {
    String id =
        RestAssured.given()
            .header("X-Request-Id", "a \"forged\": entry")
            .get("/problems/not-found")
            .header("X-Request-Id");
    assertThat(id, matchesPattern("[0-9a-f-]{36}"));
  }

  private void changePassword(String current) {
    as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("current_password", current, "new_password", "katana-unicorn-7"))
        .put("/users/me/password");
  }

  /** Returns the only entry, which must have these values and contain no secret. */
  private JsonNode only(String event, String outcome, Long who, Long whom)
      throws JsonProcessingException {
    assertEquals(1, auditLog.entries.size(), auditLog.entries::toString);
    JsonNode entry = JSON.readTree(auditLog.entries.getFirst());
    assertEquals(event, entry.get("event").asText());
    assertEquals(outcome, entry.get("outcome").asText());
    assertEquals(String.valueOf(who), entry.get("who").asText());
    assertEquals(String.valueOf(whom), entry.get("whom").asText());
    assertThat(
        auditLog.entries, everyItem(not(matchesPattern(".*(secret|" + PASSWORD + "|katana).*"))));
    return entry;
  }
}
