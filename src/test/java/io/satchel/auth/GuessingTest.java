package io.satchel.auth;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.atOnce;
import static io.satchel.Api.newEmail;
import static io.satchel.Api.newPerson;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.satchel.Api;
import io.satchel.Api.Person;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who fails to log in too often has to wait. */
@QuarkusTest
class GuessingTest {

  private static final String HOME = "192.0.2.1";

  private Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final String elsewhere = newAddress();

  @BeforeEach
  void takeTheClock() {
    letPass(Duration.ZERO);
  }

  @Test
  void after_five_failures_in_a_minute_the_account_has_to_wait_wherever_it_is_tried() {
    Person person = newPerson();
    for (int i = 0; i < 5; i++) {
      logIn(person.email(), "wrong", newAddress()).statusCode(400);
    }
    logIn(person.email(), "wrong", newAddress())
        .statusCode(429)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/too-many-requests"))
        .header("Retry-After", equalTo("15"));
    logIn(person.email(), PASSWORD, elsewhere).statusCode(429);
  }

  @Test
  void the_wait_doubles_up_to_fifteen_minutes_and_is_forgotten_after_as_long() {
    Person person = newPerson();
    fail(person.email(), 5);
    for (int wait : List.of(15, 30, 60, 120, 240, 480, 900, 900)) {
      assertEquals(wait, waitOf(person.email()));
      letPass(Duration.ofSeconds(wait - 1));
      assertEquals(1, waitOf(person.email()));
      letPass(Duration.ofSeconds(1));
      logIn(person.email(), "wrong", elsewhere).statusCode(400);
    }
    letPass(Duration.ofMinutes(30));
    fail(person.email(), 5);
    assertEquals(15, waitOf(person.email()));
  }

  @Test
  void once_the_wait_is_over_the_right_password_works_and_the_count_starts_anew() {
    Person person = newPerson();
    fail(person.email(), 5);
    letPass(Duration.ofSeconds(15));
    logIn(person.email(), PASSWORD, newAddress()).statusCode(200);
    fail(person.email(), 5);
    assertEquals(15, waitOf(person.email()));
  }

  @Test
  void fewer_failures_in_a_minute_cost_nothing() {
    Person person = newPerson();
    for (int minute = 0; minute < 3; minute++) {
      fail(person.email(), 4);
      letPass(Duration.ofMinutes(1));
    }
    logIn(person.email(), PASSWORD, elsewhere).statusCode(200);
  }

  @Test
  void the_right_password_works_from_where_it_worked_before() {
    Person person = newPerson();
    logIn(person.email(), PASSWORD, HOME).statusCode(200);
    fail(person.email(), 5);
    logIn(person.email(), PASSWORD, elsewhere).statusCode(429);
    logIn(person.email(), "wrong", HOME).statusCode(429);
    logIn(person.email(), PASSWORD, HOME).statusCode(200);
  }

  @Test
  void guessing_from_where_it_worked_before_has_an_end_as_well() {
    Person person = newPerson();
    logIn(person.email(), PASSWORD, HOME).statusCode(200);
    for (int i = 0; i < 20; i++) {
      logIn(person.email(), "wrong", HOME);
    }
    logIn(person.email(), PASSWORD, HOME).statusCode(429);
    letPass(Duration.ofMinutes(15));
    logIn(person.email(), PASSWORD, HOME).statusCode(200);
  }

  @Test
  void nobody_who_does_not_exist_has_to_wait_like_anybody() {
    String nobody = newEmail();
    fail(nobody, 5);
    assertEquals(15, waitOf(nobody));
  }

  @Test
  void guesses_made_at_the_same_moment_tell_no_more_than_those_made_in_turn() throws Exception {
    Person person = newPerson();
    List<Integer> statuses =
        atOnce(24, () -> logIn(person.email(), "wrong", newAddress()).extract().statusCode());
    assertEquals(5, statuses.stream().filter(status -> status == 400).count(), statuses::toString);
    assertEquals(19, statuses.stream().filter(status -> status == 429).count(), statuses::toString);
    assertEquals(15, waitOf(person.email()));
  }

  @Test
  void the_current_password_is_not_guessed_by_changing_it() {
    Person person = newPerson();
    for (int i = 0; i < 5; i++) {
      changePassword(person, "wrong").statusCode(400);
    }
    changePassword(person, "wrong").statusCode(429).header("Retry-After", equalTo("15"));
    changePassword(person, PASSWORD).statusCode(429);
  }

  private void fail(String login, int times) {
    for (int i = 0; i < times; i++) {
      logIn(login, "wrong", elsewhere).statusCode(400);
    }
  }

  private int waitOf(String login) {
    return Integer.parseInt(
        logIn(login, "wrong", elsewhere).statusCode(429).extract().header("Retry-After"));
  }

  private void letPass(Duration time) {
    now = now.plus(time);
    QuarkusMock.installMockForType(Clock.fixed(now, ZoneOffset.UTC), Clock.class);
  }

  private ValidatableResponse changePassword(Person person, String current) {
    return Api.as(person)
        .header("X-Forwarded-For", elsewhere)
        .contentType(ContentType.JSON)
        .body(Map.of("current_password", current, "new_password", "katana-unicorn-7"))
        .put("/users/me/password")
        .then();
  }

  private static ValidatableResponse logIn(String login, String password, String address) {
    return Api.logIn(RestAssured.given().header("X-Forwarded-For", address), login, password);
  }

  private static String newAddress() {
    return "2001:db8:%x:%x::1"
        .formatted(
            ThreadLocalRandom.current().nextInt(0x10000),
            ThreadLocalRandom.current().nextInt(0x10000));
  }
}
