package io.satchel.platform.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.satchel.PackagedService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The service behind a proxy that terminates TLS, and with CORS, as docs/security.md configures
 * them.
 */
class ProxyIT {

  private static PackagedService service;
  private static String token;

  @BeforeAll
  static void start() {
    service =
        PackagedService.startWithDatabase(
            "-Dquarkus.http.proxy.proxy-address-forwarding=true",
            "-Dquarkus.http.proxy.trusted-proxies=127.0.0.1",
            "-Dquarkus.http.proxy.enable-forwarded-host=true",
            "-Dquarkus.http.proxy.enable-forwarded-prefix=true",
            "-Dquarkus.http.cors.enabled=true",
            "-Dquarkus.http.cors.origins=https://app.example");
    token = service.adminToken();
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
        .statusCode(403)
        .body("type", equalTo("/problems/forbidden"))
        .header("Vary", containsStringIgnoringCase("Origin"))
        .header("Access-Control-Allow-Origin", nullValue())
        .header("X-Content-Type-Options", equalTo("nosniff"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/items/", "/nothing", "/items;x", "/openapi", "/docs", "/token"})
  void every_response_depends_on_the_origin(String path) {
    for (String origin : List.of("https://app.example", "https://evil.example", "null", "")) {
      service
          .given()
          .header("Origin", origin)
          .get(path)
          .then()
          .header("Vary", containsStringIgnoringCase("Origin"));
    }
    service.given().get(path).then().header("Vary", containsStringIgnoringCase("Origin"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-For    | , 203.0.113.7 | http://127.0.0.1",
        "X-Forwarded-For    | ''            | http://127.0.0.1",
        "X-Forwarded-For    | ,,,           | http://127.0.0.1",
        "X-Forwarded-Proto  | ''            | http://127.0.0.1",
        "X-Forwarded-Proto  | javascript    | http://127.0.0.1",
        "X-Forwarded-Proto  | HTTPS, http   | https://127.0.0.1",
        "X-Forwarded-Host   | ,             | http://127.0.0.1",
        "X-Forwarded-Host   | a b<>         | http://127.0.0.1",
        "X-Forwarded-Host   | api.example   | http://api.example/",
        "X-Forwarded-Host   | api.example:8 | http://api.example:8/",
        "X-Forwarded-Port   | 99999         | http://127.0.0.1",
        "X-Forwarded-Port   | -5            | http://127.0.0.1",
        "X-Forwarded-Port   | 8443          | http://127.0.0.1:8443/",
        "X-Forwarded-Port   | 80            | http://127.0.0.1/",
        "X-Forwarded-Prefix | /a b          | http://127.0.0.1",
        "X-Forwarded-Prefix | ?             | http://127.0.0.1",
      })
  void what_is_not_valid_in_a_forwarded_header_is_ignored(String name, String value, String base) {
    service
        .as(token)
        .header(name, value)
        .get("/items/")
        .then()
        .statusCode(200)
        .header("Link", startsWith("<" + base));
  }

  @Test
  void links_are_what_the_client_of_a_trusted_proxy_can_call() {
    String link =
        forwarded(service.as(token)).get("/items/?limit=1").then().extract().header("Link");
    assertThat(link, startsWith("<https://api.example/shop/items/?limit=1"));
    forwarded(service.as(token))
        .contentType(ContentType.JSON)
        .body(Map.of("title", "katana"))
        .post("/items/")
        .then()
        .header("Location", startsWith("https://api.example/shop/items/"));
  }

  @Test
  void the_headers_of_others_change_nothing() throws IOException {
    try (Socket socket =
        new Socket(
            service.root().getHost(),
            service.root().getPort(),
            InetAddress.getByName("127.0.0.2"),
            0)) {
      String request =
          """
          POST /items/ HTTP/1.1\r
          Host: localhost\r
          Authorization: Bearer %s\r
          X-Forwarded-Host: api.example\r
          X-Forwarded-Prefix: /shop\r
          X-Forwarded-Proto: https\r
          Content-Type: application/json\r
          Content-Length: 13\r
          Connection: close\r
          \r
          {"title":"a"}\
          """
              .formatted(token);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(response, containsString("Location: http://localhost/items/"));
      assertThat(response, not(containsString("Strict-Transport-Security")));
    }
  }

  private static RequestSpecification forwarded(RequestSpecification request) {
    return request
        .header("X-Forwarded-Proto", "https")
        .header("X-Forwarded-Host", "api.example")
        .header("X-Forwarded-Prefix", "/shop/");
  }
}
