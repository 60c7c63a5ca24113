package io.satchel.accounts;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.as;
import static io.satchel.Api.asAdmin;
import static io.satchel.Api.awaitRevocation;
import static io.satchel.Api.logIn;
import static io.satchel.Api.newPersonWithLogin;
import static io.satchel.Api.refresh;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.satchel.Api.Person;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sessions that users see and end. */
@QuarkusTest
class SessionsTest {

  private Person person;
  private JsonPath phone;

  @BeforeEach
  void logInTwice() {
    person = newPersonWithLogin();
    phone = logInWith("Phone/1.0");
  }

  private JsonPath logInWith(String userAgent) {
    return logIn(RestAssured.given().header("User-Agent", userAgent), person.email(), PASSWORD)
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static String accessToken(JsonPath tokens) {
    return tokens.getString("access_token");
  }

  private static JsonPath sessions(String accessToken) {
    return as(accessToken).get("/users/me/sessions").then().statusCode(200).extract().jsonPath();
  }

  @Test
  void sessions_are_listed_with_the_newest_first() {
    as(accessToken(phone))
        .get("/users/me/sessions")
        .then()
        .statusCode(200)
        .body("", hasSize(2))
        .body("is_current", contains(true, false))
        .body("[0].user_agent", is("Phone/1.0"))
        .body("address", everyItem(is("127.0.0.1")))
        .body("[0].last_used_at", is(sessions(accessToken(phone)).getString("[0].created_at")));
  }

  @Test
  void a_refresh_is_a_use_of_the_session() {
    JsonPath before = sessions(accessToken(phone));
    String token = phone.getString("refresh_token");
    refresh(RestAssured.given().header("User-Agent", "Phone/2.0"), token).statusCode(200);
    as(accessToken(phone))
        .get("/users/me/sessions")
        .then()
        .body("[0].id", is(before.getString("[0].id")))
        .body("[0].created_at", is(before.getString("[0].created_at")))
        .body("[0].last_used_at", not(is(before.getString("[0].last_used_at"))))
        .body("[0].user_agent", is("Phone/2.0"));
  }

  @Test
  void a_long_user_agent_is_shortened() {
    JsonPath tokens = logInWith("x".repeat(1_000));
    assertEquals("x".repeat(300), sessions(accessToken(tokens)).getString("[0].user_agent"));
  }

  @Test
  void ending_a_session_revokes_its_tokens_only() {
    String id = sessions(accessToken(phone)).getString("[0].id");
    as(person).delete("/users/me/sessions/" + id).then().statusCode(204);
    awaitRevocation(accessToken(phone));
    refresh(RestAssured.given(), phone.getString("refresh_token")).statusCode(400);
    assertEquals(List.of(true), sessions(person.accessToken()).getList("is_current"));
    as(person).delete("/users/me/sessions/" + id).then().statusCode(404);
  }

  @Test
  void a_session_of_somebody_else_cannot_be_ended() {
    String id = sessions(accessToken(phone)).getString("[0].id");
    as(newPersonWithLogin())
        .delete("/users/me/sessions/" + id)
        .then()
        .statusCode(404)
        .body("detail", is("Session not found"));
    asAdmin().delete("/users/me/sessions/" + id).then().statusCode(404);
    sessions(accessToken(phone));
  }

  @Test
  void the_id_of_a_session_must_be_a_uuid() {
    as(person)
        .delete("/users/me/sessions/first")
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("/session_id"))
        .body("errors.detail", contains("must be a UUID"));
    as(person).delete("/users/me/sessions/" + UUID.randomUUID()).then().statusCode(404);
  }

  @Test
  void ending_all_other_sessions_keeps_the_current_one() {
    as(accessToken(phone)).delete("/users/me/sessions").then().statusCode(204);
    awaitRevocation(person.accessToken());
    assertEquals(List.of(true), sessions(accessToken(phone)).getList("is_current"));
    refresh(RestAssured.given(), phone.getString("refresh_token")).statusCode(200);
  }

  @Test
  void an_admin_ends_all_sessions_of_a_user() {
    asAdmin().delete("/users/" + person.id() + "/sessions").then().statusCode(204);
    awaitRevocation(person.accessToken());
    awaitRevocation(accessToken(phone));
    refresh(RestAssured.given(), phone.getString("refresh_token")).statusCode(400);
    asAdmin().delete("/users/0/sessions").then().statusCode(404);
  }
}
