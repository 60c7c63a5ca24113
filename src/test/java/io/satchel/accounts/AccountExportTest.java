package io.satchel.accounts;

import static io.satchel.Api.as;
import static io.satchel.Api.newItem;
import static io.satchel.Api.newPersonWithLogin;
import static java.util.Collections.nCopies;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.satchel.Api.Person;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The copy of all data of a user. */
@QuarkusTest
class AccountExportTest {

  @Test
  void an_export_contains_the_user_the_sessions_and_all_items() {
    Person person = newPersonWithLogin();
    newItem(newPersonWithLogin(), "public");
    long secret = newItem(person, "private");
    as(person)
        .contentType(ContentType.JSON)
        .body(nCopies(1_000, Map.of("title", "Katana")))
        .post("/items/batch")
        .then()
        .statusCode(201);
    Response response = as(person).get("/users/me/export");
    response.then().statusCode(200).contentType(ContentType.JSON);
    JsonPath document = response.jsonPath();
    Map<String, Object> user = as(person).get("/users/me").jsonPath().getMap("");
    user.keySet().removeAll(List.of("items", "has_more_items"));
    assertEquals(user, document.getMap("user"));
    assertEquals(
        as(person).get("/users/me/sessions").jsonPath().<Object>getList("$"),
        document.getList("sessions"));
    List<Object> ids = document.getList("items.id");
    assertEquals(1_001, ids.size());
    assertEquals(Long.toString(secret), ids.getFirst().toString());
    Map<String, Object> item = as(person).get("/items/" + secret).jsonPath().getMap("");
    assertEquals(item, document.getMap("items[0]"));
    assertThat(response.asString(), not(containsString("argon2")));
  }

  @Test
  void an_export_of_a_user_without_items_is_complete() {
    Person person = newPersonWithLogin();
    JsonPath document = as(person).get("/users/me/export").jsonPath();
    assertEquals(List.of(), document.getList("items"));
    assertEquals(person.email(), document.getString("user.email"));
  }
}
