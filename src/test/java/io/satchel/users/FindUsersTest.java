package io.satchel.users;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.all;
import static io.satchel.Api.asAdmin;
import static io.satchel.Api.get;
import static io.satchel.Api.patch;
import static io.satchel.Api.post;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class FindUsersTest {

  private final String unique = UUID.randomUUID().toString().substring(0, 8);

  @Test
  void users_are_found_by_the_start_of_their_names() {
    long wade = add("wade@", "w_", "Wade", "Wilson " + unique);
    long other = add("Other@", "W0", "Wanda", "100% " + unique);
    found("wade@" + unique, wade);
    found("OTHER@" + unique, other);
    found("w_" + unique, wade);
    found("wilson " + unique, wade);
    found("Wade Wilson " + unique, wade);
    found("100% " + unique, other);
    asAdmin().queryParam("q", unique).get("/users/").then().statusCode(200).body("", empty());
    asAdmin().queryParam("q", "%" + unique).get("/users/").then().body("", empty());
    asAdmin().queryParam("q", "_ade@" + unique).get("/users/").then().body("", empty());
    asAdmin().queryParam("q", "\\").get("/users/").then().statusCode(200).body("", empty());
  }

  @Test
  void users_are_found_with_or_without_accents() {
    long zoe = add("z\u00f6@", "z.", "Zo\u00e9", "M\u00fcller " + unique);
    found("muller " + unique, zoe);
    found("M\u00dcLLER " + unique, zoe);
    found("mu\u0308ller " + unique, zoe);
    found("zoe M\u00f9ller " + unique, zoe);
    found("zo\u0308@" + unique, zoe);
    found("zo@" + unique, zoe);
  }

  @Test
  void inactive_users_can_be_listed() {
    long active = add("a@", "a.", "Active", unique);
    long inactive = add("b@", "b.", "Inactive", unique);
    patch("/users/" + inactive, Map.of("is_active", false)).statusCode(200);
    get("/users/?is_active=false&q=" + unique).body("id", contains((int) inactive));
    get("/users/?is_active=true&q=" + unique).body("id", contains((int) active));
    get("/users/?sort=-id&q=" + unique).body("id", contains((int) inactive, (int) active));
    asAdmin()
        .header("Prefer", "count=exact")
        .get("/users/?limit=1&q=" + unique)
        .then()
        .header("X-Total-Count", equalTo("2"));
    get("/users/?is_active=yes").statusCode(422).body("errors.pointer", contains("/is_active"));
    get("/users/?sort=password_hash").statusCode(422).body("errors.pointer", contains("/sort"));
  }

  @ParameterizedTest
  @CsvSource({"id", "created_at", "updated_at", "email"})
  void every_sort_order_pages_without_repeating_or_skipping(String sort) {
    for (String name : List.of("c@", "a@", "B@", "d@")) {
      add(name, name.charAt(0) + "x", "Name", unique);
    }
    String path = "/users/?limit=100&q=" + unique + "&sort=";
    List<Object> up = all(path + sort).stream().map(user -> user.get(sort)).toList();
    assertEquals(4, up.size());
    assertEquals(up.stream().sorted().toList(), up);
    for (String order : List.of(sort, "-" + sort)) {
      List<Map<String, Object>> whole = all(path + order);
      assertEquals(whole, all(path.replace("limit=100", "limit=1") + order));
    }
  }

  private void found(String beginning, long user) {
    asAdmin().queryParam("q", beginning).get("/users/").then().body("id", contains((int) user));
  }

  private long add(String email, String username, String firstName, String lastName) {
    return post(
            "/users/",
            Map.of(
                "email", email + unique + ".example",
                "password", PASSWORD,
                "username", username + unique,
                "first_name", firstName,
                "last_name", lastName))
        .statusCode(201)
        .extract()
        .jsonPath()
        .getLong("id");
  }
}
