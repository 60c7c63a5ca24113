package io.satchel.users;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.all;
import static io.satchel.Api.asAdmin;
import static io.satchel.Api.concurrently;
import static io.satchel.Api.delete;
import static io.satchel.Api.get;
import static io.satchel.Api.newEmail;
import static io.satchel.Api.newItem;
import static io.satchel.Api.newUser;
import static io.satchel.Api.patch;
import static io.satchel.Api.post;
import static java.util.stream.Collectors.toMap;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.hasToString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UsersTest {

  @Test
  void a_user_signs_up() {
    String email = newEmail();
    JsonPath user =
        post(
                "/users/",
                Map.of(
                    "email",
                    email,
                    "password",
                    PASSWORD,
                    "first_name",
                    "Wade",
                    "last_name",
                    "Wilson"))
            .statusCode(201)
            .contentType(ContentType.JSON)
            .body("", aMapWithSize(13))
            .body("email", equalTo(email))
            .body("username", nullValue())
            .body("first_name", equalTo("Wade"))
            .body("last_name", equalTo("Wilson"))
            .body("is_active", is(true))
            .body("is_admin", is(false))
            .body("items", empty())
            .body("has_more_items", is(false))
            .extract()
            .jsonPath();
    assertEquals(user.getString("created_at"), user.getString("updated_at"));
  }

  /** The service of this test sends no e-mails. */
  @Test
  void without_emails_a_new_address_takes_effect_at_once() {
    String next = newEmail();
    patch("/users/" + newUser(), Map.of("email", next))
        .statusCode(200)
        .body("email", equalTo(next))
        .body("pending_email", nullValue())
        .body("is_verified", is(false));
  }

  @Test
  void the_location_of_a_new_user_returns_that_user() {
    var created = post("/users/", Map.of("email", newEmail(), "password", PASSWORD)).extract();
    assertThat(created.header("Location"), endsWith("/users/" + created.jsonPath().getLong("id")));
    String read = get(created.header("Location")).statusCode(200).extract().asString();
    assertEquals(created.asString(), read);
  }

  @Test
  void a_password_is_in_no_response() {
    post("/users/", Map.of("email", newEmail(), "password", PASSWORD))
        .body(not(containsString(PASSWORD)))
        .body(not(containsString("argon2")))
        .body(not(containsString("password")));
  }

  @Test
  void an_email_address_is_unique_ignoring_case() {
    String email = "Dopinder-" + newEmail();
    post("/users/", Map.of("email", email, "password", PASSWORD)).statusCode(201);
    post("/users/", Map.of("email", email.toUpperCase(Locale.ROOT), "password", PASSWORD))
        .statusCode(400)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/taken"))
        .body("errors.pointer", contains("/email"))
        .body("detail", equalTo("Email already registered"));
  }

  @Test
  void a_username_is_unique_ignoring_case() {
    String username = "Weasel." + newEmail().substring(0, 8);
    post("/users/", Map.of("email", newEmail(), "password", PASSWORD, "username", username))
        .statusCode(201)
        .body("username", equalTo(username));
    post(
            "/users/",
            Map.of(
                "email", newEmail(),
                "password", PASSWORD,
                "username", username.toLowerCase(Locale.ROOT)))
        .statusCode(400)
        .body("type", equalTo("/problems/taken"))
        .body("errors.pointer", contains("/username"))
        .body("detail", equalTo("Username already exists"));
  }

  @Test
  void one_of_several_concurrent_sign_ups_with_the_same_email_address_succeeds() throws Exception {
    Map<String, String> user = Map.of("email", newEmail(), "password", PASSWORD);
    List<Integer> statuses = concurrently(8, () -> post("/users/", user).extract().statusCode());
    assertEquals(
        List.of(201, 400, 400, 400, 400, 400, 400, 400), statuses.stream().sorted().toList());
  }

  @Test
  void a_user_contains_the_first_hundred_items() {
    long user = newUser();
    long first = newItem(user, "item 0");
    for (int i = 1; i < 100; i++) {
      newItem(user, "item " + i);
    }
    get("/users/" + user)
        .body("items", hasSize(100))
        .body("items[0].id", is((int) first))
        .body("items[0].owner_id", is((int) user))
        .body("has_more_items", is(false));
    newItem(user, "item 100");
    get("/users/" + user)
        .body("items", hasSize(100))
        .body("items[99].title", equalTo("item 99"))
        .body("has_more_items", is(true));
  }

  @Test
  void a_list_contains_each_user_with_the_items_of_that_user() {
    long one = newUser();
    long other = newUser();
    long item = newItem(other, "katana");
    Map<Object, Object> items =
        all("/users/?limit=7").stream()
            .collect(toMap(user -> user.get("id"), user -> user.get("items")));
    assertEquals(List.of(), items.get((int) one));
    assertThat(items.get((int) other), hasToString(containsString("id=" + item)));
  }

  @Test
  void a_user_who_does_not_exist_is_not_found() {
    for (String id : List.of("0", "-1", "9223372036854775807", "-9223372036854775808")) {
      get("/users/" + id).statusCode(404).body("detail", equalTo("User not found"));
      delete("/users/" + id).statusCode(404).body("detail", equalTo("User not found"));
      patch("/users/" + id, "{}").statusCode(404).body("detail", equalTo("User not found"));
    }
  }

  @Test
  void a_change_leaves_absent_members_unchanged() {
    long user =
        post("/users/", Map.of("email", newEmail(), "password", PASSWORD, "first_name", "Wade"))
            .extract()
            .jsonPath()
            .getLong("id");
    for (String method : List.of("PUT", "PATCH")) {
      asAdmin()
          .contentType(ContentType.JSON)
          .body(Map.of("last_name", method, "is_active", false))
          .when()
          .request(method, "/users/" + user)
          .then()
          .statusCode(200)
          .body("first_name", equalTo("Wade"))
          .body("last_name", equalTo(method))
          .body("is_active", is(false));
    }
  }

  @Test
  void null_clears_an_optional_member() {
    String username = newEmail().substring(0, 20);
    long user =
        post("/users/", Map.of("email", newEmail(), "password", PASSWORD, "username", username))
            .extract()
            .jsonPath()
            .getLong("id");
    Map<String, Object> change = new HashMap<>();
    change.put("username", null);
    asAdmin()
        .contentType("application/merge-patch+json")
        .body(change)
        .when()
        .patch("/users/" + user)
        .then()
        .statusCode(200)
        .body("username", nullValue());
    get("/users/" + user).body("username", nullValue());
  }

  @Test
  void null_is_invalid_for_a_required_member() {
    long user = newUser();
    patch("/users/" + user, "{\"email\": null, \"is_active\": null, \"first_name\": \"x\"}")
        .statusCode(422)
        .body("errors.pointer", contains("/email", "/is_active"));
    get("/users/" + user).body("first_name", nullValue());
  }

  @Test
  void a_user_cannot_take_another_s_email_address() {
    String taken = newEmail();
    post("/users/", Map.of("email", taken, "password", PASSWORD)).statusCode(201);
    patch("/users/" + newUser(), Map.of("email", taken))
        .statusCode(400)
        .body("detail", equalTo("Email already registered"));
  }

  @Test
  void a_deleted_user_is_gone_with_all_items() {
    long user = newUser();
    long item = newItem(user, "katana");
    delete("/users/" + user).statusCode(204).body(equalTo(""));
    get("/users/" + user).statusCode(404);
    get("/items/" + item).statusCode(404);
  }
}
