package io.satchel.platform.ratelimit;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.newEmail;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.satchel.Api;
import io.satchel.PackagedService;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Limits of sign-ups and failed log-ins from one address. */
class AttemptLimitsIT {

  private static PackagedService service;

  @BeforeAll
  static void start() {
    service =
        PackagedService.startWithDatabase(
            "-Dsatchel.limits.sign-ups-from-address=3",
            "-Dsatchel.limits.failed-logins-from-address=3");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void too_many_sign_ups_from_one_address_must_wait() {
    for (int i = 0; i < 3; i++) {
      signUp("192.0.2.1").statusCode(201);
    }
    signUp("192.0.2.1")
        .statusCode(429)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/too-many-requests"))
        .header("Retry-After", Integer::parseInt, both(greaterThan(0)).and(lessThanOrEqualTo(15)));
    signUp("192.0.2.2").statusCode(201);
  }

  @Test
  void an_address_that_fails_with_several_accounts_must_wait() {
    for (int i = 0; i < 3; i++) {
      failToLogIn("192.0.2.1").statusCode(400);
    }
    failToLogIn("192.0.2.1")
        .statusCode(429)
        .header("Retry-After", Integer::parseInt, both(greaterThan(0)).and(lessThanOrEqualTo(15)));
    failToLogIn("192.0.2.2").statusCode(400);
  }

  @Test
  void addresses_of_one_ipv6_network_count_as_one() {
    for (int i = 0; i < 3; i++) {
      failToLogIn("2001:db8:7:7::" + i).statusCode(400);
    }
    failToLogIn("2001:db8:7:7:a:b:c:d").statusCode(429);
    failToLogIn("2001:db8:7:8::1").statusCode(400);
  }

  @Test
  void addresses_before_an_untrusted_proxy_are_ignored() {
    for (int i = 0; i < 3; i++) {
      failToLogIn("203.0.113." + i + ", 192.0.2.3").statusCode(400);
    }
    failToLogIn("203.0.113.9, 192.0.2.3").statusCode(429);
  }

  private static ValidatableResponse signUp(String address) {
    return service
        .given()
        .header("X-Forwarded-For", address)
        .contentType(ContentType.JSON)
        .body(Map.of("email", newEmail(), "password", PASSWORD))
        .post("/users/")
        .then();
  }

  private static ValidatableResponse failToLogIn(String address) {
    return Api.logIn(service.given().header("X-Forwarded-For", address), newEmail(), "wrong");
  }
}
