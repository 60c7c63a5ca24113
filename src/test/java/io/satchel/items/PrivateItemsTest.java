package io.satchel.items;

import static io.satchel.Api.all;
import static io.satchel.Api.as;
import static io.satchel.Api.get;
import static io.satchel.Api.newPerson;
import static io.satchel.Api.next;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.satchel.Api;
import io.satchel.Api.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nothing reveals a private item to others. */
@QuarkusTest
class PrivateItemsTest {

  @Test
  void others_list_the_items_of_an_owner_without_the_private_ones() {
    Person owner = newPerson();
    int shown = newItem(owner, "public");
    int hidden = newItem(owner, "private");
    int last = newItem(owner, "public");
    String path = "/users/" + owner.id() + "/items/";
    as(newPerson()).get(path).then().body("id", contains(shown, last));
    as(owner).get(path).then().body("id", contains(shown, hidden, last));
    get(path).body("id", contains(shown, hidden, last));
  }

  @Test
  void the_end_of_a_list_does_not_reveal_private_items() {
    Person owner = newPerson();
    int shown = newItem(owner, "public");
    newItem(owner, "private");
    ExtractableResponse<Response> page =
        as(newPerson()).get("/users/" + owner.id() + "/items/?limit=1").then().extract();
    assertEquals(List.of(shown), page.jsonPath().getList("id"));
    assertEquals(Optional.empty(), next(page.header("Link")));
  }

  @Test
  void an_owner_of_only_private_items_looks_like_a_missing_user() {
    Person owner = newPerson();
    newItem(owner, "private");
    Person stranger = newPerson();
    for (long id : new long[] {owner.id(), Long.MAX_VALUE}) {
      as(stranger).get("/users/" + id + "/items/").then().statusCode(200).body("", empty());
    }
  }

  @Test
  void each_caller_lists_the_visible_items() {
    Instant start = Instant.now().minusMillis(1);
    Person owner = newPerson();
    int shown = newItem(owner, "public");
    int hidden = newItem(owner, "private");
    Person stranger = newPerson();
    // Small pages only of new items, because other tests create thousands.
    String recent = "limit=7&created_after=" + start;
    for (String query : List.of("limit=1000", recent)) {
      assertTrue(idsFor(owner, query).containsAll(List.of(shown, hidden)));
      List<Object> strangers = idsFor(stranger, query);
      assertTrue(strangers.contains(shown));
      assertFalse(strangers.contains(hidden));
      assertEquals(strangers.stream().sorted().distinct().toList(), strangers);
    }
    assertTrue(
        all("/items/?limit=1000").stream().map(item -> item.get("id")).toList().contains(hidden));
  }

  @Test
  void skip_counts_only_visible_items() {
    Person owner = newPerson();
    newItem(owner, "private");
    newItem(owner, "public");
    Person stranger = newPerson();
    List<Object> ids = idsFor(stranger, "limit=1000");
    as(stranger)
        .get("/items/?skip=2&limit=3")
        .then()
        .body("id", equalTo(ids.subList(2, Math.min(5, ids.size()))));
  }

  @Test
  void an_item_that_becomes_private_disappears_for_others() {
    Person owner = newPerson();
    int item = newItem(owner, "public");
    Person stranger = newPerson();
    as(stranger).get("/items/" + item).then().statusCode(200);
    as(owner)
        .contentType(ContentType.JSON)
        .body(Map.of("visibility", "private"))
        .patch("/items/" + item)
        .then()
        .statusCode(200);
    String hidden = as(stranger).get("/items/" + item).then().statusCode(404).extract().asString();
    String none = as(stranger).get("/items/0").then().statusCode(404).extract().asString();
    assertEquals(none.replace("/items/0", ""), hidden.replace("/items/" + item, ""));
  }

  @Test
  void the_private_items_of_a_user_are_shown_to_that_user_and_to_admins() {
    Person owner = newPerson();
    int hidden = newItem(owner, "private");
    as(owner).get("/users/me").then().body("items.id", contains(hidden));
    get("/users/" + owner.id()).body("items.id", contains(hidden));
    as(newPerson()).get("/users/" + owner.id()).then().statusCode(404);
  }

  @Test
  void an_item_created_at_items_belongs_to_the_caller() {
    Person owner = newPerson();
    as(owner)
        .contentType(ContentType.JSON)
        .body(Map.of("title", "katana"))
        .post("/items/")
        .then()
        .statusCode(201)
        .body("owner_id", is((int) owner.id()));
  }

  private static List<Object> idsFor(Person caller, String query) {
    List<Object> ids = new ArrayList<>();
    for (Optional<String> page = Optional.of("/items/?" + query); page.isPresent(); ) {
      var response = as(caller).get(page.get()).then().statusCode(200).extract();
      ids.addAll(response.jsonPath().getList("id"));
      page = next(response.header("Link"));
    }
    return ids;
  }

  private static int newItem(Person owner, String visibility) {
    return (int) Api.newItem(owner, visibility);
  }
}
