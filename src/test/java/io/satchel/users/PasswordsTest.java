package io.satchel.users;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.accessToken;
import static io.satchel.Api.as;
import static io.satchel.Api.logIn;
import static io.satchel.Api.newEmail;
import static io.satchel.Api.newPerson;
import static io.satchel.Api.post;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.satchel.Api.Person;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for passwords. */
@QuarkusTest
class PasswordsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery",
        "üñïçødé 密码 пароль",
        "no composition rules",
        "😀🦄🗡🎒🍕🚀🌵🧊",
        "        leading and trailing spaces        ",
      })
  void a_password_can_contain_any_characters(String password) {
    String email = newEmail();
    signUp(email, password).statusCode(201);
    accessToken(email, password);
    logIn(email, password.strip() + "!").statusCode(400);
  }

  @Test
  void a_password_has_8_to_128_characters() {
    String longest = "katana-unicorn-7" + "🗡".repeat(112);
    String email = newEmail();
    signUp(email, longest).statusCode(201);
    accessToken(email, longest);
    signUp(newEmail(), longest + "!")
        .statusCode(422)
        .body("errors.pointer", contains("/password"))
        .body("errors[0].detail", equalTo("must have 8 to 128 characters"));
    signUp(newEmail(), "x9$Kq!w").statusCode(422).body("errors.pointer", contains("/password"));
  }

  @Test
  void equal_looking_passwords_are_equal() {
    String email = newEmail();
    signUp(email, "cafe\u0301-katana-7").statusCode(201); // decomposed
    accessToken(email, "caf\u00e9-katana-7"); // composed
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          password         | common
          12345678         | common
          P@ssw0rd         | common
          iloveyou         | common
          password123      | common
          qwertyuiop       | common
          aaaaaaaa         | Sequences
          hunter2hunter2   | Repeats
          """)
  void a_common_password_is_rejected_with_advice(String password, String reason) {
    signUp(newEmail(), password)
        .statusCode(422)
        .body("errors.pointer", contains("/password"))
        .body("errors[0].detail", containsString(reason))
        .body("errors[0].detail", containsString("Add another word or two"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wade.t.wilson@example.com",
        "wade.t.wilson",
        "WadeWilson",
        "WadeWilson2026",
        "wilson-wade-1",
        "Wilson-Wade-2026",
        "Zolta\u0301nffyova",
        "chimichanga!",
        "the_merc_1"
      })
  void a_password_made_of_personal_words_is_rejected(String password) {
    post(
            "/users/",
            Map.of(
                "email", "wade.t.wilson@example.com",
                "username", "the_merc",
                "first_name", "Chimichanga",
                "last_name", "Wilson Zolt\u00e1nffyova",
                "password", password))
        .statusCode(422)
        .body("errors.pointer", contains("/password"))
        .body("errors[0].detail", equalTo("must not be made of your own name or e-mail address"));
  }

  @Test
  void very_long_text_is_not_estimated() {
    String marks = "\u0301".repeat(4_000) + "\u0316".repeat(4_000);
    post(
            "/users/",
            Map.of("email", newEmail(), "password", marks, "first_name", "ab ".repeat(5_000)))
        .statusCode(422)
        .body("errors.pointer", contains("/first_name", "/password"));
    logIn(newEmail(), marks).statusCode(400);
  }

  @Test
  void a_weak_password_is_reported_with_all_other_errors() {
    post("/users/", Map.of("email", "none", "password", "password", "first_name", "x".repeat(101)))
        .statusCode(422)
        .body("errors.pointer", contains("/email", "/first_name", "/password"));
  }

  @Test
  void a_new_password_must_be_strong_too() {
    Person person = newPerson();
    change(person, "short").statusCode(422).body("errors.pointer", contains("/new_password"));
    change(person, "password123")
        .statusCode(422)
        .body("errors.pointer", contains("/new_password"))
        .body("errors[0].detail", containsString("common"));
    change(person, person.email())
        .statusCode(422)
        .body("errors[0].detail", equalTo("must not be made of your own name or e-mail address"));
    logIn(person.email(), PASSWORD).statusCode(200);
  }

  @Test
  void passwords_are_in_no_error_response() {
    Person person = newPerson();
    as(person)
        .contentType(ContentType.JSON)
        .body("{\"current_password\": 5, \"new_password\": \"hunter2\", \"hint\": \"hunter2\"}")
        .put("/users/me/password")
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("/current_password", "/hint", "/new_password"))
        .body(not(containsString("hunter2")));
  }

  private static ValidatableResponse signUp(String email, String password) {
    return post("/users/", Map.of("email", email, "password", password));
  }

  private static ValidatableResponse change(Person person, String wanted) {
    return as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("current_password", PASSWORD, "new_password", wanted))
        .put("/users/me/password")
        .then();
  }
}
