package io.satchel.platform.http;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.http.ContentType;
import io.satchel.PackagedService;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The service behind a proxy that terminates TLS, and with CORS, as docs/security.md configures
 * them.
 */
class ProxyIT {

  private static PackagedService service;

  @BeforeAll
  static void start() {
    service =
        PackagedService.startWithDatabase(
            "-Dquarkus.http.proxy.proxy-address-forwarding=true",
            "-Dquarkus.http.proxy.trusted-proxies=127.0.0.0/8",
            "-Dquarkus.http.cors.enabled=true",
            "-Dquarkus.http.cors.origins=https://app.example");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void behind_tls_responses_have_hsts() {
    service
        .given()
        .header("X-Forwarded-Proto", "https")
        .get("/problems/not-found")
        .then()
        .header("Strict-Transport-Security", startsWith("max-age="));
    service
        .given()
        .get("/problems/not-found")
        .then()
        .header("Strict-Transport-Security", nullValue());
  }

  @Test
  void behind_tls_links_use_https() {
    service
        .given()
        .header("X-Forwarded-Proto", "https")
        .contentType(ContentType.JSON)
        .auth()
        .oauth2(service.adminToken())
        .body(Map.of("title", "katana"))
        .post("/items/")
        .then()
        .statusCode(201)
        .header("Location", startsWith("https://"));
  }

  @Test
  void a_configured_origin_may_call_and_read_the_headers() {
    service
        .given()
        .header("Origin", "https://app.example")
        .header("Access-Control-Request-Method", "PATCH")
        .header("Access-Control-Request-Headers", "authorization,content-type")
        .options("/items/1")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", equalTo("https://app.example"))
        .header("Access-Control-Allow-Methods", containsString("PATCH"))
        .header("X-Content-Type-Options", equalTo("nosniff"))
        .header("X-Request-Id", not(nullValue()));
    service
        .given()
        .header("Origin", "https://app.example")
        .get("/problems/not-found")
        .then()
        .header("Access-Control-Allow-Origin", equalTo("https://app.example"))
        .header("Access-Control-Expose-Headers", containsString("Retry-After"));
  }

  @Test
  void another_origin_may_not_call() {
    service
        .given()
        .header("Origin", "https://evil.example")
        .get("/problems/not-found")
        .then()
        .header("Access-Control-Allow-Origin", nullValue())
        .header("X-Content-Type-Options", equalTo("nosniff"));
  }
}
