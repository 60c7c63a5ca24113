package io.satchel.platform.conditional;

import static io.satchel.Api.as;
import static io.satchel.Api.asAdmin;
import static io.satchel.Api.get;
import static io.satchel.Api.newItem;
import static io.satchel.Api.newPerson;
import static io.satchel.Api.patch;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.satchel.Api;
import io.satchel.Api.Person;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditional requests and their validators. */
@QuarkusTest
class ConditionalRequestsTest {

  private Person person;
  private String user;
  private String item;

  @BeforeEach
  void create() {
    person = newPerson();
    user = "/users/" + person.id();
    item = "/items/" + newItem(person, "public");
  }

  @Test
  void every_user_and_item_has_a_strong_etag() {
    for (String path : List.of(user, item, "/users/me")) {
      as(person).get(path).then().header("ETag", matchesPattern("\"[\\w-]{22}\""));
    }
    assertEquals(tag(user), as(person).get("/users/me").header("ETag"));
    String created =
        Api.post("/items/", Map.of("title", "x")).statusCode(201).extract().header("ETag");
    assertNotEquals(tag(item), created);
    assertEquals(
        patch(item, Map.of("title", "y")).statusCode(200).extract().header("ETag"), tag(item));
    Map<String, String> signUp = Map.of("email", Api.newEmail(), "password", Api.PASSWORD);
    var signedUp = Api.post("/users/", signUp).statusCode(201).extract();
    assertEquals(signedUp.header("ETag"), tag("/users/" + signedUp.jsonPath().getLong("id")));
  }

  @Test
  void a_current_representation_is_not_sent_again() {
    for (String path : List.of(user, item)) {
      String tag = tag(path);
      for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*", "\"a,b\" ," + tag)) {
        asAdmin()
            .header("If-None-Match", known)
            .get(path)
            .then()
            .statusCode(304)
            .header("ETag", equalTo(tag))
            .body(emptyString());
      }
      for (String other : List.of("\"x\"", "", "\"*\"", "rubbish")) {
        asAdmin().header("If-None-Match", other).get(path).then().statusCode(200);
      }
      assertEquals(304, asAdmin().header("If-None-Match", tag).head(path).statusCode());
      patch(path, Map.of(path.equals(user) ? "first_name" : "title", "new")).statusCode(200);
      asAdmin().header("If-None-Match", tag).get(path).then().statusCode(200);
    }
  }

  @Test
  void the_etag_of_a_user_changes_with_the_items() {
    String before = tag(user);
    patch(item, Map.of("title", "new")).statusCode(200);
    String between = tag(user);
    Api.delete(item).statusCode(204);
    assertNotEquals(before, between);
    assertNotEquals(between, tag(user));
    assertNotEquals(before, tag(user));
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, title",
    "PATCH, title",
    "DELETE, title",
    "PUT, first_name",
    "PATCH, first_name",
    "DELETE, first_name",
  })
  void a_concurrent_change_is_not_overwritten(String method, String member) {
    String path = member.equals("title") ? item : user;
    String old = tag(path);
    patch(path, Map.of(member, "theirs")).statusCode(200);
    for (String stale : List.of(old, "W/" + tag(path), "\"*\"", "", "rubbish")) {
      change(asAdmin().header("If-Match", stale), method, path, member)
          .then()
          .statusCode(412)
          .contentType("application/problem+json")
          .body("type", equalTo("/problems/precondition-failed"));
    }
    change(asAdmin().header("If-None-Match", "*"), method, path, member).then().statusCode(412);
    get(path).body(member, equalTo("theirs"));
    change(asAdmin().header("If-Match", "\"x\", " + tag(path)), method, path, member)
        .then()
        .statusCode(method.equals("DELETE") ? 204 : 200);
  }

  @Test
  void forbidden_takes_precedence_over_preconditions() {
    as(newPerson()).header("If-Match", "\"x\"").delete(item).then().statusCode(403);
    as(newPerson()).header("If-Match", "\"x\"").delete(user).then().statusCode(404);
    asAdmin().header("If-Match", "\"x\"").delete("/items/0").then().statusCode(404);
  }

  @Test
  void a_merge_patch_is_accepted_under_both_media_types() throws IOException {
    for (String type : List.of("application/json", "application/merge-patch+json")) {
      Map<String, Object> members = new HashMap<>();
      members.put("description", "x");
      members.put("date", "2026-12-31");
      body(type, members).patch(item).then().statusCode(200).body("date", equalTo("2026-12-31"));
      members.put("description", null);
      members.remove("date");
      body(type, members)
          .patch(item)
          .then()
          .statusCode(200)
          .body("description", equalTo(null))
          .body("date", equalTo("2026-12-31"));
      members.put("title", null);
      body(type, members)
          .patch(item)
          .then()
          .statusCode(422)
          .body("errors.pointer", equalTo(List.of("/title")));
      get(item).body("title", not(equalTo(null)));
    }
  }

  private static RequestSpecification body(String type, Map<String, Object> members)
      throws IOException {
    return asAdmin().contentType(type).body(new ObjectMapper().writeValueAsBytes(members));
  }

  private static Response change(
      RequestSpecification request, String method, String path, String member) {
    return method.equals("DELETE")
        ? request.delete(path)
        : request.contentType(ContentType.JSON).body(Map.of(member, "mine")).request(method, path);
  }

  private static String tag(String path) {
    return get(path).statusCode(200).extract().header("ETag");
  }
}
