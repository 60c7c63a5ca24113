package io.satchel.items;

import static io.satchel.Api.asAdmin;
import static io.satchel.Api.delete;
import static io.satchel.Api.get;
import static io.satchel.Api.newItem;
import static io.satchel.Api.newUser;
import static io.satchel.Api.patch;
import static io.satchel.Api.post;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ItemsTest {

  @Test
  void an_item_is_created_for_a_user() {
    long user = newUser();
    post(
            "/users/" + user + "/items/",
            Map.of(
                "title", "Katana",
                "description", "One of a pair",
                "visibility", "private",
                "date", "2026-12-31"))
        .statusCode(201)
        .contentType(ContentType.JSON)
        .body("", aMapWithSize(8))
        .body("title", equalTo("Katana"))
        .body("description", equalTo("One of a pair"))
        .body("visibility", equalTo("private"))
        .body("date", equalTo("2026-12-31"))
        .body("owner_id", is((int) user));
  }

  @Test
  void an_item_only_needs_a_title() {
    post("/users/" + newUser() + "/items/", Map.of("title", "Katana"))
        .statusCode(201)
        .body("description", nullValue())
        .body("visibility", equalTo("public"))
        .body("date", nullValue());
  }

  @Test
  void the_location_of_a_new_item_returns_that_item() {
    var created = post("/users/" + newUser() + "/items/", Map.of("title", "Katana")).extract();
    assertThat(created.header("Location"), endsWith("/items/" + created.jsonPath().getLong("id")));
    String read = get(created.header("Location")).statusCode(200).extract().asString();
    assertEquals(created.asString(), read);
  }

  @Test
  void an_item_cannot_be_created_for_a_missing_user() {
    post("/users/9223372036854775807/items/", Map.of("title", "Katana"))
        .statusCode(404)
        .contentType("application/problem+json")
        .body("detail", equalTo("User not found"));
  }

  @Test
  void a_user_s_items_are_listed_by_id() {
    long user = newUser();
    long first = newItem(user, "first");
    newItem(newUser(), "somebody else's");
    long second = newItem(user, "second");
    get("/users/" + user + "/items/")
        .statusCode(200)
        .body("id", contains((int) first, (int) second));
  }

  @Test
  void a_user_without_items_has_an_empty_list() {
    get("/users/" + newUser() + "/items/").statusCode(200).body("", empty());
  }

  @Test
  void the_items_of_a_missing_user_are_not_found() {
    get("/users/0/items/").statusCode(404).body("detail", equalTo("User not found"));
  }

  @Test
  void an_item_that_does_not_exist_is_not_found() {
    for (String id : List.of("0", "-1", "9223372036854775807")) {
      get("/items/" + id).statusCode(404).body("detail", equalTo("Item not found"));
      delete("/items/" + id).statusCode(404).body("detail", equalTo("Item not found"));
      patch("/items/" + id, "{}").statusCode(404).body("detail", equalTo("Item not found"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/merge-patch+json"})
  void a_change_leaves_absent_members_unchanged(String mediaType) {
    long item = newItem(newUser(), "Katana");
    for (String method : List.of("PUT", "PATCH")) {
      asAdmin()
          .contentType(mediaType)
          .body(Map.of("description", method, "visibility", "private"))
          .when()
          .request(method, "/items/" + item)
          .then()
          .statusCode(200)
          .body("title", equalTo("Katana"))
          .body("description", equalTo(method))
          .body("visibility", equalTo("private"));
    }
  }

  @Test
  void null_clears_an_optional_member() {
    long item = newItem(newUser(), "Katana");
    patch("/items/" + item, Map.of("description", "sharp", "date", "2026-12-31")).statusCode(200);
    Map<String, Object> change = new HashMap<>();
    change.put("description", null);
    change.put("date", null);
    patch("/items/" + item, change)
        .statusCode(200)
        .body("description", nullValue())
        .body("date", nullValue())
        .body("title", equalTo("Katana"));
  }

  @Test
  void null_is_invalid_for_a_required_member() {
    long item = newItem(newUser(), "Katana");
    patch("/items/" + item, "{\"title\": null, \"visibility\": null}")
        .statusCode(422)
        .body("errors.pointer", contains("/title", "/visibility"));
  }

  @Test
  void an_owner_cannot_be_changed() {
    long item = newItem(newUser(), "Katana");
    patch("/items/" + item, Map.of("owner_id", newUser()))
        .statusCode(422)
        .body("errors.pointer", contains("/owner_id"));
  }

  @Test
  void a_deleted_item_is_gone() {
    long item = newItem(newUser(), "Katana");
    delete("/items/" + item).statusCode(204).body(equalTo(""));
    get("/items/" + item).statusCode(404);
    delete("/items/" + item).statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "😀 👩‍👩‍👧‍👦 🏴‍☠️",
        "مرحبا بالعالم ‏(right to left)‏",
        "é is not é", // composed, decomposed
        "  spaces around  ",
        "quotes ' \" ` and \\ and %s and ${x} and <script>",
        "line\nfeeds\r\nand\ttabs \u0001 \u007f \ufeff \uffff",
      })
  void text_reads_back_as_it_was_written(String text) {
    long user = newUser();
    var created =
        post("/users/" + user + "/items/", Map.of("title", text, "description", text))
            .statusCode(201)
            .extract()
            .jsonPath();
    var read = get("/items/" + created.getLong("id")).extract().jsonPath();
    assertEquals(text, read.getString("title"));
    assertEquals(text, read.getString("description"));
  }

  @Test
  void lengths_are_counted_in_characters_and_not_in_their_encoding() {
    String title = "😀".repeat(200);
    String description = "😀".repeat(5_000);
    long item = newItem(newUser(), title);
    patch("/items/" + item, Map.of("description", description))
        .statusCode(200)
        .body("title", equalTo(title))
        .body("description", equalTo(description));
    patch("/items/" + item, Map.of("title", title + "!", "description", description + "!"))
        .statusCode(422)
        .body("errors.pointer", contains("/description", "/title"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01", "1582-10-10", "2024-02-29", "9999-12-31"})
  void a_date_reads_back_as_it_was_written(String date) {
    long item = newItem(newUser(), "Katana");
    patch("/items/" + item, Map.of("date", date)).statusCode(200).body("date", equalTo(date));
    get("/items/" + item).body("date", equalTo(date));
  }
}
