package io.satchel.items;

import static io.satchel.Api.all;
import static io.satchel.Api.as;
import static io.satchel.Api.newPerson;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.satchel.Api.Person;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Creating many items in one request. */
@QuarkusTest
class BatchTest {

  private Person owner;

  @BeforeEach
  void createOwner() {
    owner = newPerson();
  }

  @Test
  void a_thousand_items_are_created_in_order() {
    List<Map<String, String>> items =
        IntStream.range(0, 1_000)
            .mapToObj(i -> Map.of("title", "item " + i, "visibility", "private"))
            .toList();
    List<String> titles = items.stream().map(item -> item.get("title")).toList();
    post(items)
        .statusCode(201)
        .body("", hasSize(1_000))
        .body("title", equalTo(titles))
        .body("owner_id", everyItem(equalTo((int) owner.id())))
        .body("visibility", everyItem(equalTo("private")));
    assertEquals(titles, created());
  }

  @Test
  void all_items_are_created_or_none_and_every_error_is_reported() {
    post("[{\"title\": \"good\"}, {}, {\"title\": \"\"}, null, 5, {\"title\": 7}, {\"titel\": \"x\","
            + " \"title\": \"x\"}, {\"title\": \"x\", \"date\": \"soon\", \"visibility\": \"secret\"}]")
        .statusCode(422)
        .contentType("application/problem+json")
        .body(
            "errors.pointer",
            contains(
                "/1/title",
                "/2/title",
                "/3",
                "/4",
                "/5/title",
                "/6/titel",
                "/7/date",
                "/7/visibility"));
    assertEquals(List.of(), created());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                   | 422 | must have 1 to 1,000 items
          {}                   | 422 | must be a JSON array
          {"items": []}        | 422 | must be a JSON array
          null                 | 422 | must be a JSON array
          "x"                  | 422 | must be a JSON array
          """)
  void a_batch_that_is_not_a_list_of_items_is_rejected(String body, int status, String detail) {
    post(body)
        .statusCode(status)
        .body("errors.pointer", contains(""))
        .body("errors.detail", contains(detail));
  }

  @Test
  void more_than_a_thousand_items_are_rejected() {
    post(Collections.nCopies(1_001, Map.of("title", "x")))
        .statusCode(422)
        .body("errors.detail", contains("must have 1 to 1,000 items"));
    post("[" + "{},".repeat(500_000) + "{}]").statusCode(400);
    assertEquals(List.of(), created());
  }

  @Test
  void a_batch_can_have_4_mebibytes() {
    Map<String, String> long_ = Map.of("title", "x", "description", "ä".repeat(2_000));
    post(Collections.nCopies(1_000, long_)).statusCode(201).body("", hasSize(1_000));
    Map<String, String> longer = Map.of("title", "x", "description", "ä".repeat(2_500));
    post(Collections.nCopies(1_000, longer)).statusCode(413);
    // other operations keep the lower limit
    as(owner)
        .contentType(ContentType.JSON)
        .body(Collections.nCopies(100, long_))
        .post("/items/")
        .then()
        .statusCode(413);
  }

  @Test
  void a_large_body_without_a_token_is_rejected_before_it_is_read() {
    Map<String, String> item = Map.of("title", "x", "description", "x".repeat(1_000));
    Map.of(
            "Bearer", RestAssured.given(),
            "Bearer error=\"invalid_token\"", as("stale"))
        .forEach((challenge, request) ->
            request
                .contentType(ContentType.JSON)
                .body(Collections.nCopies(100, item))
                .post("/items/batch/")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", equalTo(challenge)));
  }

  private ValidatableResponse post(Object body) {
    return as(owner).contentType(ContentType.JSON).body(body).post("/items/batch").then();
  }

  private List<Object> created() {
    return all("/users/" + owner.id() + "/items/").stream().map(item -> item.get("title")).toList();
  }
}
