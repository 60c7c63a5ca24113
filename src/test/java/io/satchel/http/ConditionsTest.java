package io.satchel.http;

import static io.satchel.Api.as;
import static io.satchel.Api.get;
import static io.satchel.Api.given;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that depend on what the client knows. */
@QuarkusTest
class ConditionsTest {

  private static final String LONG_AGO = "Sat, 01 Jan 2000 00:00:00 GMT";
  private static final String FAR_AHEAD = "Fri, 01 Jan 2100 00:00:00 GMT";

  private Person person;
  private String user;
  private String item;

  @BeforeEach
  void make() {
    person = newPerson();
    user = "/users/" + person.id();
    item = "/items/" + newItem(person, "public");
  }

  @Test
  void every_single_user_and_item_has_a_strong_tag_and_a_date() {
    for (String path : List.of(user, item, "/users/me")) {
      as(person)
          .get(path)
          .then()
          .header("ETag", matchesPattern("\"[\\w-]{22}\""))
          .header("Last-Modified", matchesPattern("\\w{3}, \\d\\d \\w{3} \\d{4} [\\d:]{8} GMT"));
    }
    assertEquals(tag(user), as(person).get("/users/me").header("ETag"));
    String made =
        Api.post("/items/", Map.of("title", "x")).statusCode(201).extract().header("ETag");
    assertNotEquals(tag(item), made);
    assertEquals(
        patch(item, Map.of("title", "y")).statusCode(200).extract().header("ETag"), tag(item));
    Map<String, String> signUp = Map.of("email", Api.newEmail(), "password", Api.PASSWORD);
    var signedUp = Api.post("/users/", signUp).statusCode(201).extract();
    assertEquals(signedUp.header("ETag"), tag("/users/" + signedUp.jsonPath().getLong("id")));
  }

  @Test
  void what_the_client_has_already_is_not_sent_again() {
    for (String path : List.of(user, item)) {
      String tag = tag(path);
      for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*", "\"a,b\" ," + tag)) {
        given()
            .header("If-None-Match", known)
            .get(path)
            .then()
            .statusCode(304)
            .header("ETag", equalTo(tag))
            .body(emptyString());
      }
      for (String other : List.of("\"x\"", "", tag.replace("\"", ""), "\"*\"", "rubbish")) {
        given().header("If-None-Match", other).get(path).then().statusCode(200);
      }
      assertEquals(304, given().header("If-None-Match", tag).head(path).statusCode());
      patch(path, Map.of(path.equals(user) ? "first_name" : "title", "new")).statusCode(200);
      given().header("If-None-Match", tag).get(path).then().statusCode(200);
    }
  }

  @Test
  void a_user_s_tag_changes_with_the_items_that_are_shown() {
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
  void what_has_changed_meanwhile_is_not_overwritten(String method, String member) {
    String path = member.equals("title") ? item : user;
    String old = tag(path);
    patch(path, Map.of(member, "theirs")).statusCode(200);
    for (String stale :
        List.of(old, "W/" + tag(path), "\"*\"", "", "rubbish", tag(path).replace("\"", ""))) {
      change(given().header("If-Match", stale), method, path, member)
          .then()
          .statusCode(412)
          .contentType("application/problem+json")
          .body("type", equalTo("/problems/precondition-failed"));
    }
    change(given().header("If-None-Match", "*"), method, path, member).then().statusCode(412);
    change(given().header("If-Unmodified-Since", LONG_AGO), method, path, member)
        .then()
        .statusCode(412);
    get(path).body(member, equalTo("theirs"));
    change(given().header("If-Match", "\"x\", " + tag(path)), method, path, member)
        .then()
        .statusCode(method.equals("DELETE") ? 204 : 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {FAR_AHEAD, "rubbish", "Friday, 01-Jan-60 00:00:00 GMT"})
  void a_condition_that_holds_or_that_is_none_is_in_nobody_s_way(String date) {
    for (String path : List.of(user, item)) {
      change(
              given().header("If-Unmodified-Since", date),
              "PATCH",
              path,
              path.equals(user) ? "first_name" : "title")
          .then()
          .statusCode(200);
      // which If-Match takes precedence of
      change(
              given().header("If-Unmodified-Since", LONG_AGO).header("If-Match", "*"),
              "PATCH",
              path,
              path.equals(user) ? "first_name" : "title")
          .then()
          .statusCode(200);
    }
  }

  @Test
  void a_date_tells_of_items_what_has_not_changed() {
    String date = get(item).extract().header("Last-Modified");
    for (String known : List.of(date, FAR_AHEAD)) {
      given().header("If-Modified-Since", known).get(item).then().statusCode(304);
    }
    for (String known : List.of(LONG_AGO, "rubbish", "")) {
      given().header("If-Modified-Since", known).get(item).then().statusCode(200);
    }
    given()
        .header("If-Modified-Since", FAR_AHEAD)
        .header("If-None-Match", "\"x\"")
        .get(item)
        .then()
        .statusCode(200);
    // an item that was deleted has left no date
    given().header("If-Modified-Since", FAR_AHEAD).get(user).then().statusCode(200);
  }

  @Test
  void who_may_not_change_it_is_told_that_first() {
    as(newPerson()).header("If-Match", "\"x\"").delete(item).then().statusCode(403);
    as(newPerson()).header("If-Match", "\"x\"").delete(user).then().statusCode(404);
    given().header("If-Match", "\"x\"").delete("/items/0").then().statusCode(404);
  }

  @Test
  void a_merge_patch_changes_what_it_names_under_either_name() throws IOException {
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
    return given().contentType(type).body(new ObjectMapper().writeValueAsBytes(members));
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
