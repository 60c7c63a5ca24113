package io.satchel.platform.http;

import static io.satchel.Api.asAdmin;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The security headers of each response. */
@QuarkusTest
class HeadersTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /items/, 200",
    "GET, /users/me, 200",
    "GET, /items/0, 404",
    "GET, /nothing, 404",
    "DELETE, /items/, 405",
    "OPTIONS, /items/, 200",
    "POST, /users/, 415",
    "POST, /docs, 405",
    "GET, /openapi.json, 200",
    "GET, /docs, 200",
    "GET, /docs/swagger-ui-bundle.js, 200",
    "GET, /problems/not-found, 200",
    "GET, /.well-known/jwks.json, 200",
  })
  void every_response_has_the_security_headers(String method, String path, int status) {
    asAdmin()
        .request(method, path)
        .then()
        .statusCode(status)
        .header("X-Content-Type-Options", equalTo("nosniff"))
        .header("Referrer-Policy", equalTo("no-referrer"))
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
        .header("X-Request-Id", not(nullValue()))
        .header("Cache-Control", not(nullValue()))
        .header("Strict-Transport-Security", nullValue());
  }

  @Test
  void a_request_rejected_before_routing_has_the_headers_too() {
    asAdmin()
        .contentType("application/json")
        .body(" ".repeat(70_000))
        .post("/users/")
        .then()
        .statusCode(413)
        .header("X-Content-Type-Options", equalTo("nosniff"))
        .header("Cache-Control", equalTo("private, no-cache"));
  }

  @Test
  void token_responses_are_not_stored() {
    for (String type : new String[] {"application/json", "application/x-www-form-urlencoded"}) {
      for (String path : new String[] {"/token", "/%74oken", "//token", "/token/revoke"}) {
        asAdmin()
            .urlEncodingEnabled(false)
            .contentType(type)
            .post(path)
            .then()
            .header("Cache-Control", equalTo("no-store"));
      }
    }
  }

  @Test
  void no_shared_cache_stores_a_response() {
    asAdmin().get("/users/me").then().header("Cache-Control", equalTo("private, no-cache"));
    RestAssured.given()
        .get("/users/me")
        .then()
        .header("Cache-Control", equalTo("private, no-cache"));
  }

  @Test
  void the_content_security_policy_of_docs_allows_only_its_own_scripts() {
    ValidatableResponse page = RestAssured.given().get("/docs").then();
    page.header("Content-Security-Policy", containsString("script-src 'self';"));
    page.body(not(containsString("<script>")));
  }

  @Test
  void other_origins_receive_no_cors_headers() {
    RestAssured.given()
        .header("Origin", "https://evil.example")
        .header("Access-Control-Request-Method", "POST")
        .options("/token")
        .then()
        .header("Access-Control-Allow-Origin", nullValue());
    asAdmin()
        .header("Origin", "https://evil.example")
        .get("/users/me")
        .then()
        .header("Access-Control-Allow-Origin", nullValue());
  }
}
