package io.satchel.auth.attempts;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.concurrently;
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

/** Throttling of failed log-ins. */
@QuarkusTest
class LoginThrottleTest {

  private static final String HOME = "192.0.2.1";

  private Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final String elsewhere = newAddress();

  @BeforeEach
  void fixClock() {
    advanceClock(Duration.ZERO);
  }

  @Test
  void after_five_failures_in_a_minute_the_account_must_wait_at_every_address() {
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
  void the_wait_doubles_up_to_fifteen_minutes_and_then_expires() {
    Person person = newPerson();
    fail(person.email(), 5);
    for (int wait : List.of(15, 30, 60, 120, 240, 480, 900, 900)) {
      assertEquals(wait, waitOf(person.email()));
      advanceClock(Duration.ofSeconds(wait - 1));
      assertEquals(1, waitOf(person.email()));
      advanceClock(Duration.ofSeconds(1));
      logIn(person.email(), "wrong", elsewhere).statusCode(400);
    }
    advanceClock(Duration.ofMinutes(30));
    fail(person.email(), 5);
    assertEquals(15, waitOf(person.email()));
  }

  @Test
  void after_the_wait_the_right_password_works_and_the_count_is_reset() {
    Person person = newPerson();
    fail(person.email(), 5);
    advanceClock(Duration.ofSeconds(15));
    logIn(person.email(), PASSWORD, newAddress()).statusCode(200);
    fail(person.email(), 5);
    assertEquals(15, waitOf(person.email()));
  }

  @Test
  void fewer_failures_in_a_minute_cause_no_wait() {
    Person person = newPerson();
    for (int minute = 0; minute < 3; minute++) {
      fail(person.email(), 4);
      advanceClock(Duration.ofMinutes(1));
    }
    logIn(person.email(), PASSWORD, elsewhere).statusCode(200);
  }

  @Test
  void the_right_password_works_from_a_known_address() {
    Person person = newPerson();
    logIn(person.email(), PASSWORD, HOME).statusCode(200);
    fail(person.email(), 5);
    logIn(person.email(), PASSWORD, elsewhere).statusCode(429);
    logIn(person.email(), "wrong", HOME).statusCode(429);
    logIn(person.email(), PASSWORD, HOME).statusCode(200);
  }

  @Test
  void guessing_from_a_known_address_is_throttled_too() {
    Person person = newPerson();
    logIn(person.email(), PASSWORD, HOME).statusCode(200);
    for (int i = 0; i < 20; i++) {
      logIn(person.email(), "wrong", HOME);
    }
    logIn(person.email(), PASSWORD, HOME).statusCode(429);
    advanceClock(Duration.ofMinutes(15));
    logIn(person.email(), PASSWORD, HOME).statusCode(200);
  }

  @Test
  void a_login_without_an_account_is_throttled_too() {
    String unknown = newEmail();
    fail(unknown, 5);
    assertEquals(15, waitOf(unknown));
  }

  @Test
  void concurrent_guesses_learn_no_more_than_sequential_ones() throws Exception {
    Person person = newPerson();
    List<Integer> statuses =
        concurrently(24, () -> logIn(person.email(), "wrong", newAddress()).extract().statusCode());
    assertEquals(5, statuses.stream().filter(status -> status == 400).count(), statuses::toString);
    assertEquals(19, statuses.stream().filter(status -> status == 429).count(), statuses::toString);
    assertEquals(15, waitOf(person.email()));
  }

  @Test
  void guessing_the_current_password_is_throttled() {
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

  private void advanceClock(Duration time) {
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
