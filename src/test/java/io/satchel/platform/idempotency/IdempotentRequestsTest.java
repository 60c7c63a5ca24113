package io.satchel.platform.idempotency;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.accessToken;
import static io.satchel.Api.as;
import static io.satchel.Api.asAdmin;
import static io.satchel.Api.awaitRevocation;
import static io.satchel.Api.concurrently;
import static io.satchel.Api.get;
import static io.satchel.Api.logIn;
import static io.satchel.Api.newPerson;
import static io.satchel.Api.patch;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.in;
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

/** Retries with an idempotency key. */
@QuarkusTest
class IdempotentRequestsTest {

  private static final String KATANA = "{\"title\": \"katana\", \"visibility\": \"private\"}";

  private Person person;
  private String items;

  @BeforeEach
  void createPerson() {
    person = newPerson();
    items = "/users/" + person.id() + "/items/";
  }

  @Test
  void a_retry_receives_the_response_of_the_first_request() {
    for (String path : List.of("/items/", items, "/items/batch")) {
      String key = key();
      String body = path.endsWith("batch") ? "[" + KATANA + ", " + KATANA + "]" : KATANA;
      Response first = post(as(person), path, key, body);
      first.then().statusCode(201).header("Idempotent-Replayed", nullValue());
      int created = count();
      for (int i = 0; i < 3; i++) {
        Response again = post(as(person), path, key, body);
        again.then().statusCode(201).header("Idempotent-Replayed", equalTo("true"));
        assertEquals(first.asString(), again.asString());
        for (String header : List.of("Location", "ETag", "Content-Type")) {
          assertEquals(first.header(header), again.header(header), header);
        }
      }
      assertEquals(created, count());
    }
  }

  @Test
  void fifty_concurrent_retries_create_one_item() throws Exception {
    String key = key();
    List<Response> responses = concurrently(50, () -> post(as(person), "/items/", key, KATANA));
    assertThat(
        responses.stream().map(Response::statusCode).toList(), everyItem(in(List.of(201, 409))));
    Set<String> created = new HashSet<>();
    for (Response response : responses) {
      if (response.statusCode() == 201) {
        created.add(response.asString());
      } else {
        response
            .then()
            .contentType("application/problem+json")
            .header("Retry-After", equalTo("1"))
            .body("type", equalTo("/problems/in-progress"));
      }
    }
    assertThat(created, hasSize(1));
    assertEquals(1, count());
    post(as(person), "/items/", key, KATANA)
        .then()
        .statusCode(201)
        .header("Idempotent-Replayed", equalTo("true"));
  }

  @Test
  void equal_json_is_the_same_request() {
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
  void a_key_of_another_request_is_rejected() {
    String key = key();
    post(as(person), "/items/", key, KATANA).then().statusCode(201);
    List<Response> others =
        List.of(
            post(as(person), "/items/", key, "{\"title\": \"other\"}"),
            post(as(person), "/items/", key, "{\"title\": \"katana\"}"),
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
  }

  @Test
  void no_response_is_stored_for_a_rejected_request() {
    String key = key();
    post(as(person), "/items/", key, "{\"title\": \"\"}").then().statusCode(422);
    post(as(person), "/items/", key, "{").then().statusCode(400);
    post(as(person), "/users/0/items/", key, KATANA).then().statusCode(404);
    post(RestAssured.given(), "/items/", key, KATANA).then().statusCode(401);
    post(as(person), "/items/", key, KATANA)
        .then()
        .statusCode(201)
        .header("Idempotent-Replayed", nullValue());
  }

  @Test
  void a_stored_response_is_returned_even_if_the_resource_has_changed() {
    String key = key();
    Response first = post(as(person), "/items/", key, KATANA);
    as(person).delete("/items/" + first.jsonPath().getLong("id")).then().statusCode(204);
    assertEquals(first.asString(), post(as(person), "/items/", key, KATANA).asString());
    assertEquals(0, count());
    // but not to a deleted user
    asAdmin().delete("/users/" + person.id()).then().statusCode(204);
    awaitRevocation(person.accessToken());
    post(as(person), "/items/", key, KATANA).then().statusCode(401);
  }

  @Test
  void an_admin_who_was_just_deleted_is_unauthorized() {
    Person deleted = newPerson();
    patch("/users/" + deleted.id(), Map.of("is_admin", true)).statusCode(200);
    String token = accessToken(deleted.email(), PASSWORD);
    as(token).get("/users/" + person.id()).then().statusCode(200);
    asAdmin().delete("/users/" + deleted.id()).then().statusCode(204);
    post(as(token), items, key(), KATANA).then().statusCode(401);
    assertEquals(0, count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "\"", "\"\"", "a\"b", "ä", "\"a\" b"})
  void an_invalid_key_is_rejected(String key) {
    post(as(person), "/items/", key, KATANA)
        .then()
        .statusCode(422)
        .body("errors.pointer", equalTo(List.of("/Idempotency-Key")));
    assertEquals(0, count());
  }

  @Test
  void a_key_of_255_characters_is_accepted() {
    post(as(person), "/items/", "x".repeat(256), KATANA).then().statusCode(422);
    post(as(person), "/items/", "x".repeat(255), KATANA).then().statusCode(201);
    post(as(person).header("Idempotency-Key", "a"), "/items/", "b", KATANA).then().statusCode(422);
  }

  @Test
  void put_patch_delete_and_token_requests_ignore_the_key() {
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

  private static String key() {
    return UUID.randomUUID().toString();
  }
}
