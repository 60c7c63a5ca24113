package io.satchel.platform.ratelimit;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.logIn;
import static io.satchel.Api.newEmail;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.satchel.PackagedService;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The request rate limit of the packaged service. */
class RequestRateLimitIT {

  private static final int ALLOWED = 20;
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  private static PackagedService service;

  @BeforeAll
  static void start() {
    service = PackagedService.startWithDatabase("-Dsatchel.limits.requests-per-minute=" + ALLOWED);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void the_limit_of_a_user_does_not_depend_on_the_address() {
    String token = newToken();
    for (int left = ALLOWED - 1; left >= 0; left--) {
      from(newAddress())
          .auth()
          .oauth2(token)
          .get("/users/me")
          .then()
          .statusCode(200)
          .header("RateLimit-Policy", equalTo("\"requests\";q=20;w=60"))
          .header("RateLimit", matchesPattern("\"requests\";r=" + left + ";t=([1-5]?\\d|60)"));
    }
    Response rejected = from(newAddress()).auth().oauth2(token).get("/users/me");
    rejected
        .then()
        .statusCode(429)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/too-many-requests"))
        .header("RateLimit", matchesPattern("\"requests\";r=0;t=\\d+"));
    int wait = Integer.parseInt(rejected.header("Retry-After"));
    assertTrue(wait > 0 && wait <= 60);
    // Other callers have their own limit.
    from(newAddress()).auth().oauth2(newToken()).get("/users/me").then().statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /users/me, 401",
    "GET, /nothing, 404",
    "POST, /token, 400",
    "DELETE, /items/, 405"
  })
  void without_a_token_the_limit_is_per_address(String method, String path, int status) {
    String address = newAddress();
    for (int i = 0; i < ALLOWED; i++) {
      assertEquals(status, from(address).request(method, path).statusCode());
    }
    assertEquals(429, from(address).request(method, path).statusCode());
    assertEquals(429, from(address).auth().oauth2("stale").get("/users/me").statusCode());
    assertEquals(status, from(newAddress()).request(method, path).statusCode());
    // A caller with a valid token does not share that limit.
    assertEquals(200, from(address).auth().oauth2(newToken()).get("/users/me").statusCode());
  }

  @Test
  void addresses_of_an_ipv6_network_share_a_limit() {
    for (int i = 0; i < ALLOWED; i++) {
      assertEquals(401, from("2001:db8::" + i).get("/users/me").statusCode());
    }
    assertEquals(429, from("2001:db8::ffff").get("/users/me").statusCode());
    assertEquals(401, from("2001:db8:0:1::1").get("/users/me").statusCode());
  }

  private static String newToken() {
    String email = newEmail();
    from(newAddress())
        .contentType(ContentType.JSON)
        .body(Map.of("email", email, "password", PASSWORD))
        .post("/users/")
        .then()
        .statusCode(201);
    return logIn(from(newAddress()), email, PASSWORD)
        .statusCode(200)
        .extract()
        .jsonPath()
        .getString("access_token");
  }

  private static RequestSpecification from(String address) {
    return service.given().header("X-Forwarded-For", address);
  }

  private static String newAddress() {
    int number = ADDRESSES.incrementAndGet();
    return "10.1.%d.%d".formatted(number / 250, number % 250);
  }
}
