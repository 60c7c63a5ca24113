package io.satchel.retries;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.accessToken;
import static io.satchel.Api.as;
import static io.satchel.Api.atOnce;
import static io.satchel.Api.awaitEnd;
import static io.satchel.Api.get;
import static io.satchel.Api.given;
import static io.satchel.Api.logIn;
import static io.satchel.Api.newEmail;
import static io.satchel.Api.newPerson;
import static io.satchel.Api.patch;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.satchel.Api.Person;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that is sent again is answered again, and done once. */
@QuarkusTest
class RepetitionsTest {

  private static final String KATANA = "{\"title\": \"katana\", \"visibility\": \"private\"}";

  private Person person;
  private String items;

  @BeforeEach
  void makePerson() {
    person = newPerson();
    items = "/users/" + person.id() + "/items/";
  }

  @Test
  void a_repetition_is_answered_as_the_first_was() {
    for (String path : List.of("/items/", items, "/items/batch")) {
      String key = key();
      String body = path.endsWith("batch") ? "[" + KATANA + ", " + KATANA + "]" : KATANA;
      Response first = post(as(person), path, key, body);
      first.then().statusCode(201).header("Idempotent-Replayed", nullValue());
      int made = count();
      for (int i = 0; i < 3; i++) {
        Response again = post(as(person), path, key, body);
        again.then().statusCode(201).header("Idempotent-Replayed", equalTo("true"));
        assertEquals(first.asString(), again.asString());
        for (String header : List.of("Location", "ETag", "Last-Modified", "Content-Type")) {
          assertEquals(first.header(header), again.header(header), header);
        }
      }
      assertEquals(made, count());
    }
  }

  @Test
  void fifty_repetitions_at_once_make_one_item() throws Exception {
    String key = key();
    List<Response> answers = atOnce(50, () -> post(as(person), "/items/", key, KATANA));
    assertThat(
        answers.stream().map(Response::statusCode).toList(), everyItem(in(List.of(201, 409))));
    Set<String> made = new HashSet<>();
    for (Response answer : answers) {
      if (answer.statusCode() == 201) {
        made.add(answer.asString());
      } else {
        answer
            .then()
            .contentType("application/problem+json")
            .header("Retry-After", equalTo("1"))
            .body("type", equalTo("/problems/in-progress"));
      }
    }
    assertThat(made, hasSize(1));
    assertEquals(1, count());
    post(as(person), "/items/", key, KATANA)
        .then()
        .statusCode(201)
        .header("Idempotent-Replayed", equalTo("true"));
  }

  @Test
  void twenty_sign_ups_at_once_with_one_key_make_one_user() throws Exception {
    String key = key();
    String body = signUp(newEmail(), PASSWORD);
    List<Response> answers = atOnce(20, () -> post(RestAssured.given(), "/users/", key, body));
    assertThat(
        answers.stream().map(Response::statusCode).toList(), everyItem(in(List.of(201, 409))));
    assertThat(
        answers.stream()
            .filter(answer -> answer.statusCode() == 201)
            .map(Response::asString)
            .distinct()
            .toList(),
        hasSize(1));
  }

  @Test
  void json_that_says_the_same_is_the_same_request() {
    String key = key();
    post(as(person), "/items/", key, "{\"title\":\"a\",\"description\":\"b\"}")
        .then()
        .statusCode(201);
    post(as(person), "/items", '"' + key + '"', " {\"description\" : \"b\", \"title\":\"\\u0061\"}")
        .then()
        .statusCode(201)
        .header("Idempotent-Replayed", equalTo("true"));
  }

  @Test
  void the_key_of_another_request_is_refused() {
    String key = key();
    post(as(person), "/items/", key, KATANA).then().statusCode(201);
    List<Response> others =
        List.of(
            post(as(person), "/items/", key, "{\"title\": \"other\"}"),
            post(as(person), items, key, KATANA),
            post(as(person), "/items/batch", key, "[" + KATANA + "]"));
    for (Response other : others) {
      other
          .then()
          .statusCode(422)
          .contentType("application/problem+json")
          .body("type", equalTo("/problems/key-reused"));
    }
    assertEquals(1, count());
  }

  @Test
  void callers_do_not_share_keys() {
    String key = key();
    Person other = newPerson();
    String first = post(as(person), "/items/", key, KATANA).asString();
    post(as(other), "/items/", key, KATANA)
        .then()
        .statusCode(201)
        .header("Idempotent-Replayed", nullValue())
        .body("owner_id", equalTo((int) other.id()));
    assertEquals(first, post(as(person), "/items/", key, KATANA).asString());
    String signUp = signUp(newEmail(), PASSWORD);
    post(RestAssured.given(), "/users/", key, signUp).then().statusCode(201);
    post(RestAssured.given().header("X-Forwarded-For", "203.0.113.9"), "/users/", key, signUp)
        .then()
        .statusCode(400);
  }

  @Test
  void a_sign_up_with_another_password_is_another_request() {
    String key = key();
    String email = newEmail();
    Response first = post(RestAssured.given(), "/users/", key, signUp(email, PASSWORD));
    first.then().statusCode(201);
    post(RestAssured.given(), "/users/", key, signUp(email, PASSWORD + "x")).then().statusCode(422);
    Response again = post(RestAssured.given(), "/users/", key, signUp(email, PASSWORD));
    again.then().statusCode(201).header("Idempotent-Replayed", equalTo("true"));
    assertEquals(first.asString(), again.asString());
  }

  @Test
  void nothing_is_kept_of_what_was_refused() {
    String key = key();
    post(as(person), "/items/", key, "{\"title\": \"\"}").then().statusCode(422);
    post(as(person), "/items/", key, "{").then().statusCode(400);
    post(as(person), "/users/0/items/", key, KATANA).then().statusCode(404);
    post(RestAssured.given(), "/items/", key, KATANA).then().statusCode(401);
    post(RestAssured.given(), "/users/", key, signUp(person.email(), PASSWORD))
        .then()
        .statusCode(400);
    post(as(person), "/items/", key, KATANA)
        .then()
        .statusCode(201)
        .header("Idempotent-Replayed", nullValue());
    post(RestAssured.given(), "/users/", key, signUp(newEmail(), PASSWORD))
        .then()
        .statusCode(201)
        .header("Idempotent-Replayed", nullValue());
  }

  @Test
  void an_answer_is_given_again_whatever_became_of_what_it_tells_of() {
    String key = key();
    Response first = post(as(person), "/items/", key, KATANA);
    as(person).delete("/items/" + first.jsonPath().getLong("id")).then().statusCode(204);
    assertEquals(first.asString(), post(as(person), "/items/", key, KATANA).asString());
    assertEquals(0, count());
    // but not to who is gone
    given().delete("/users/" + person.id()).then().statusCode(204);
    awaitEnd(person.accessToken());
    post(as(person), "/items/", key, KATANA).then().statusCode(401);
  }

  @Test
  void an_admin_who_has_just_gone_is_told_so() {
    Person gone = newPerson();
    patch("/users/" + gone.id(), Map.of("is_admin", true)).statusCode(200);
    String token = accessToken(gone.email(), PASSWORD);
    as(token).get("/users/" + person.id()).then().statusCode(200);
    given().delete("/users/" + gone.id()).then().statusCode(204);
    post(as(token), items, key(), KATANA).then().statusCode(401);
    assertEquals(0, count());
  }

  @Test
  void the_answer_to_a_sign_up_goes_with_the_user() {
    String key = key();
    String body = signUp(newEmail(), PASSWORD);
    long user = post(RestAssured.given(), "/users/", key, body).jsonPath().getLong("id");
    given().delete("/users/" + user).then().statusCode(204);
    post(RestAssured.given(), "/users/", key, body)
        .then()
        .statusCode(201)
        .header("Idempotent-Replayed", nullValue())
        .body("id", not(equalTo((int) user)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "\"", "\"\"", "a\"b", "ä", "\"a\" b"})
  void a_key_that_is_none_is_refused(String key) {
    post(as(person), "/items/", key, KATANA)
        .then()
        .statusCode(422)
        .body("errors.pointer", equalTo(List.of("/Idempotency-Key")));
    assertEquals(0, count());
  }

  @Test
  void a_key_is_of_255_characters_at_most_and_there_is_one() {
    post(as(person), "/items/", "x".repeat(256), KATANA).then().statusCode(422);
    post(as(person), "/items/", "x".repeat(255), KATANA).then().statusCode(201);
    post(as(person).header("Idempotency-Key", "a"), "/items/", "b", KATANA).then().statusCode(422);
  }

  @Test
  void what_is_changed_or_asked_for_tokens_takes_no_key() {
    String key = key();
    for (int i = 0; i < 2; i++) {
      logIn(RestAssured.given().header("Idempotency-Key", key), person.email(), PASSWORD)
          .statusCode(200)
          .header("Idempotent-Replayed", nullValue());
    }
  }

  private static Response post(RequestSpecification request, String path, String key, String body) {
    return request
        .header("Idempotency-Key", key)
        .contentType(ContentType.JSON)
        .body(body)
        .post(path);
  }

  private int count() {
    return get(items + "?limit=1000").extract().jsonPath().getList("").size();
  }

  private static String signUp(String email, String password) {
    return "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password);
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }
}
