package io.satchel.platform.input;

import static io.satchel.Api.asAdmin;
import static io.satchel.Api.get;
import static io.satchel.Api.newItem;
import static io.satchel.Api.newUser;
import static io.satchel.Api.patch;
import static io.satchel.Api.post;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class InvalidInputTest {

  @Test
  void all_errors_are_reported_at_once() {
    post(
            "/users/",
            """
            {
              "email": 5,
              "username": "no spaces",
              "first_name": {"a": ["b"]},
              "last_name": "\\u0000",
              "is_admin": true,
              "x/y~z": [1, {"a": 2}]
            }
            """)
        .statusCode(422)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/invalid-input"))
        .body("status", equalTo(422))
        .body("instance", equalTo("/users/"))
        .body(
            "errors.pointer",
            containsInAnyOrder(
                "/email",
                "/username",
                "/password",
                "/first_name",
                "/last_name",
                "/is_admin",
                "/x~1y~0z"))
        .body("errors.detail", everyItem(matchesPattern("(must|is not|length) .*")));
  }

  @ParameterizedTest
  @CsvSource({"4, 1000", "600, 56"})
  void so_many_errors_are_reported_that_the_response_stays_small(int length, int reported) {
    String members =
        IntStream.range(0, 64_000 / (length + 12))
            .mapToObj(i -> "\"%s%d\": 1".formatted("~".repeat(length), i))
            .collect(joining(", ", "{", "}"));
    post("/users/", members).statusCode(422).body("errors.size()", equalTo(reported));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                          | /email
          {"email": null}                             | /email
          {"email": ""}                               | /email
          {"email": "deadpool"}                       | /email
          {"email": "deadpool@"}                      | /email
          {"email": "@example.com"}                   | /email
          {"email": "a b@example.com"}                | /email
          {"email": "a\\u202eb@example.com"}          | /email
          {"email": "a@example.com\\u0000"}           | /email
          {"email": ["a@example.com"]}                | /email
          {"email": true}                             | /email
          {"password": null}                          | /password
          {"password": 12345678}                      | /password
          {"password": "7 chars"}                     | /password
          {"password": "\\ud800 lone surrogate"}      | /password
          {"username": "ab"}                          | /username
          {"username": "a b c"}                       | /username
          {"username": "abc\\n"}                      | /username
          {"username": "ünïcödé"}                     | /username
          {"username": 12345}                         | /username
          {"first_name": false}                       | /first_name
          {"last_name": "\\udc00"}                    | /last_name
          {"id": 1}                                   | /id
          {"items": []}                               | /items
          {"": 1}                                     | /
          """)
  void an_invalid_sign_up_is_rejected(String body, String pointer) {
    post("/users/", body).statusCode(422).body("errors.pointer", hasItem(pointer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                          | /title
          {"title": null}                             | /title
          {"title": ""}                               | /title
          {"title": "  \\t\\n "}                      | /title
          {"title": "\\u2003\\u3000"}                 | /title
          {"title": "\\u00a0\\ufeff\\u200b\\u0085"}     | /title
          {"title": 1}                                | /title
          {"title": "a\\u0000b"}                      | /title
          {"title": "a", "visibility": "secret"}      | /visibility
          {"title": "a", "visibility": "PUBLIC"}      | /visibility
          {"title": "a", "visibility": ""}            | /visibility
          {"title": "a", "visibility": 0}             | /visibility
          {"title": "a", "visibility": "0"}           | /visibility
          {"title": "a", "visibility": " public"}     | /visibility
          {"title": "a", "visibility": "public\\u0000"} | /visibility
          {"title": "a", "visibility": "\\u0001"}      | /visibility
          {"title": "a", "visibility": null}          | /visibility
          {"title": "a", "visibility": {}}            | /visibility
          {"title": "a", "date": "2026-02-30"}        | /date
          {"title": "a", "date": "31.12.2026"}        | /date
          {"title": "a", "date": "2026-12-31T00:00Z"} | /date
          {"title": "a", "date": "+12026-12-31"}      | /date
          {"title": "a", "date": "0000-02-29"}        | /date
          {"title": "a", "date": "-001-01-01"}        | /date
          {"title": "a", "date": ""}                  | /date
          {"title": "a", "date": 20261231}            | /date
          {"title": "a", "date": [2026, 12, 31]}      | /date
          {"title": "a", "description": ["x"]}        | /description
          {"title": "a", "owner_id": 1}               | /owner_id
          """)
  void an_invalid_item_is_rejected(String body, String pointer) {
    long user = newUser();
    post("/users/" + user + "/items/", body)
        .statusCode(422)
        .body("errors.pointer", equalTo(List.of(pointer)));
    get("/users/" + user + "/items/").body("size()", equalTo(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "[]", "\"text\"", "\"\"", "\" \"", "5", "true", "[{\"title\": \"a\"}]"})
  void a_body_that_is_not_an_object_is_rejected(String body) {
    post("/users/", body).statusCode(422).body("errors.pointer", equalTo(List.of("")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"email\"}",
        "{\"email\": hunter2hunter2}",
        "{'email': 1}",
        "{\"email\": 1,}",
        "{} {}",
        "{} hunter2hunter2",
        "{\"password\": \"hunter2hunter2\", \"password\": \"hunter2hunter2\"}",
        "{\"a\": \"\t\"}",
        "nul",
        "\u0000",
      })
  void a_body_that_is_not_json_is_rejected_without_repeating_it(String body) {
    post("/users/", body)
        .statusCode(400)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/bad-request"))
        .body("detail", not(containsString("hunter2")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7b22ff223a317d", // {"\xff":1}
        "7b2261223a22c181227d", // an overlong encoding of A
        "7b2261223a22eda080227d", // an unpaired surrogate
        "0000feff00110000", // UTF-32 beyond Unicode
        "0000007b0000",
        "fffe7b007d00", // {} in UTF-16
        "1f8b0800", // gzip
      })
  void a_body_that_is_not_utf_8_is_rejected(String hex) {
    asAdmin()
        .contentType(ContentType.JSON)
        .body(HexFormat.of().parseHex(hex))
        .when()
        .post("/users/")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  void an_error_in_a_member_whose_name_is_an_unpaired_surrogate_is_reported() {
    post("/users/", "{\"\\ud800\": 1}").statusCode(422).body("errors.pointer", hasItem("/?"));
  }

  @Test
  void a_body_that_is_nested_too_deeply_is_rejected() {
    post("/users/", "{\"a\": " + "[".repeat(2_000)).statusCode(400);
  }

  @Test
  void a_number_with_too_many_digits_is_rejected() {
    post("/users/", "{\"email\": " + "9".repeat(2_000) + "}").statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "1.5", "99999999999999999999", "1e3", "0x1"})
  void an_id_that_is_not_a_number_is_rejected(String id) {
    get("/users/" + id).statusCode(422).body("errors.pointer", hasItem("/user_id"));
    get("/items/" + id).statusCode(422).body("errors.pointer", hasItem("/item_id"));
    patch("/items/" + id, "{\"title\": \"\"}")
        .statusCode(422)
        .body("errors.pointer", containsInAnyOrder("/item_id", "/title"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"is_active": ""}      | /is_active
          {"is_active": "true"}  | /is_active
          {"is_active": 1}       | /is_active
          {"email": ""}          | /email
          {"username": " "}      | /username
          {"is_admin": null}     | /is_admin
          {"is_admin": "false"}  | /is_admin
          {"password": "secret"} | /password
          """)
  void an_invalid_change_of_a_user_is_rejected(String body, String pointer) {
    patch("/users/" + newUser(), body)
        .statusCode(422)
        .body("errors.pointer", equalTo(List.of(pointer)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"date": ""}        | /date
          {"date": " "}       | /date
          {"visibility": ""}  | /visibility
          {"title": " "}      | /title
          """)
  void an_invalid_change_of_an_item_is_rejected(String body, String pointer) {
    patch("/items/" + newItem(newUser(), "Katana"), body)
        .statusCode(422)
        .body("errors.pointer", equalTo(List.of(pointer)));
  }

  @Test
  void a_rejected_change_changes_nothing() {
    long item = newItem(newUser(), "Katana");
    patch("/items/" + item, "{\"title\": \"Other\", \"date\": \"never\"}").statusCode(422);
    get("/items/" + item).body("title", equalTo("Katana"));
  }

  @Test
  void a_rejected_password_is_not_repeated() {
    post("/users/", "{\"password\": \"hunter2\"}")
        .statusCode(422)
        .body(not(containsString("hunter2")));
  }

  @Test
  void a_form_is_an_unsupported_media_type() {
    asAdmin()
        .contentType(ContentType.URLENC)
        .formParam("email", "a@example.com")
        .when()
        .post("/users/")
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
  }
}
