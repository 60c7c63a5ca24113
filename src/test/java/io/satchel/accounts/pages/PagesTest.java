package io.satchel.accounts.pages;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages without a browser. */
@QuarkusTest
class PagesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"/account/verify-email", "/account/reset-password", "/account/undo-email-change"})
  void a_page_has_no_inline_code_and_says_what_is_missing_without_a_script(String page) {
    given()
        .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
        .get(page)
        .then()
        .statusCode(200)
        .contentType("text/html;charset=UTF-8")
        .header("Content-Security-Policy", containsString("script-src 'self'"))
        .header("Content-Security-Policy", not(containsString("unsafe")))
        .body(containsString("needs JavaScript"))
        .body(not(containsString(" style=")))
        .body(not(containsString(" onclick=")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/pages.css", "/pages.js", "/problems/not-found"})
  void files_and_explanations_belong_to_them(String path) {
    given().header("Accept", "text/html,*/*").get(path).then().statusCode(200);
    given().header("Accept", "*/*").post(path).then().statusCode(405);
  }
}
