package io.satchel.limits;

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

/** As many requests as the settings say, and no more. */
class RequestBudgetIT {

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
  void a_user_has_as_many_wherever_they_come_from() {
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
    Response refused = from(newAddress()).auth().oauth2(token).get("/users/me");
    refused
        .then()
        .statusCode(429)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/too-many-requests"))
        .header("RateLimit", matchesPattern("\"requests\";r=0;t=\\d+"));
    int wait = Integer.parseInt(refused.header("Retry-After"));
    assertTrue(wait > 0 && wait <= 60);
    // others have theirs
    from(newAddress()).auth().oauth2(newToken()).get("/users/me").then().statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /users/me, 401",
    "GET, /nothing, 404",
    "POST, /token, 400",
    "DELETE, /items/, 405"
  })
  void who_has_no_token_has_as_many_from_an_address(String method, String path, int status) {
    String address = newAddress();
    for (int i = 0; i < ALLOWED; i++) {
      assertEquals(status, from(address).request(method, path).statusCode());
    }
    assertEquals(429, from(address).request(method, path).statusCode());
    assertEquals(429, from(address).auth().oauth2("stale").get("/users/me").statusCode());
    assertEquals(status, from(newAddress()).request(method, path).statusCode());
    // who has a good one does not share that
    assertEquals(200, from(address).auth().oauth2(newToken()).get("/users/me").statusCode());
  }

  @Test
  void neighbours_in_a_network_of_ipv6_share_theirs() {
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
    return "10.1.%d.%d".formatted(ADDRESSES.incrementAndGet() / 250, ADDRESSES.get() % 250);
  }
}
