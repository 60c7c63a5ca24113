package io.satchel;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.as;
import static io.satchel.Api.logIn;
import static io.satchel.Api.newItem;
import static io.satchel.Api.newPerson;
import static io.satchel.Api.newPersonWithLogin;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.satchel.Api.Person;
import io.satchel.platform.problems.ProblemType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The JSON of each type, with the order of its members, because entity tags are made of it. */
@QuarkusTest
class RepresentationsTest {

  private static final String ITEM =
      """
      {"id":0,"title":"Katana","description":null,"visibility":"private","date":"2026-12-31",\
      "owner_id":0,"created_at":"TIME","updated_at":"TIME"}\
      """;

  private static final String USER =
      """
      {"id":0,"email":"EMAIL","is_verified":false,"pending_email":null,"username":null,"first_name":null,\
      "last_name":null,"is_active":true,"is_admin":false,"created_at":"TIME","updated_at":"TIME","items":[%s],"has_more_items":false}\
      """
          .formatted(ITEM);

  @Test
  void users_and_items() {
    Person person = newPersonWithLogin();
    String created =
        as(person)
            .contentType(ContentType.JSON)
            .body(Map.of("title", "Katana", "date", "2026-12-31", "visibility", "private"))
            .post("/items/")
            .asString();
    assertEquals(ITEM, masked(created));
    assertEquals("[" + ITEM + "]", masked(get(person, "/users/" + person.id() + "/items/")));
    assertEquals(USER, masked(get(person, "/users/me")));
    String tokens = logIn(person.email(), PASSWORD).extract().asString();
    assertEquals(
        """
        {"access_token":"SECRET","token_type":"bearer","expires_in":0,"refresh_token":"SECRET"}\
        """,
        masked(tokens));
  }

  @Test
  void sessions() {
    Person person = newPersonWithLogin();
    String session =
        """
        {"id":"UUID","created_at":"TIME","last_used_at":"TIME","address":"127.0.0.1",\
        "user_agent":null,"is_current":true}\
        """;
    assertEquals(
        "[" + session + "]",
        masked(get(person, "/users/me/sessions"))
            .replaceAll("\"user_agent\":\"[^\"]+\"", "\"user_agent\":null"));
  }

  @Test
  void problems_and_keys() {
    assertEquals(
        """
        {"type":"/problems/unauthorized","title":"Unauthorized","status":0,\
        "detail":"%s","instance":"/users/me"}\
        """
            .formatted(ProblemType.UNAUTHORIZED.explanation),
        masked(RestAssured.get("/users/me").asString()));
    assertEquals(
        """
        {"type":"/problems/invalid-input","title":"Invalid input","status":0,\
        "detail":"The request has invalid values","instance":"/items/",\
        "errors":[{"pointer":"/title","detail":"must not be null"}]}\
        """,
        masked(
            as(newPersonWithLogin())
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/items/")
                .asString()));
    assertEquals(
        """
        {"error":"invalid_grant","error_description":"The refresh token is not valid"}\
        """,
        masked(
            RestAssured.given()
                .formParams("grant_type", "refresh_token", "refresh_token", "unknown")
                .post("/token")
                .asString()));
    assertEquals(
        """
        {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"SECRET","n":"SECRET","e":"AQAB"}]}\
        """,
        masked(RestAssured.get("/.well-known/jwks.json").asString()));
  }

  private static String get(Person person, String path) {
    return as(person).get(path).asString();
  }

  private static String masked(String json) {
    return json.replaceAll("\"[-0-9]{10}T[0-9:.]+Z\"", "\"TIME\"")
        .replaceAll("\"[^\"]+@[^\"]+\"", "\"EMAIL\"")
        .replaceAll("\"[-_.\\w]{40,}\"", "\"SECRET\"")
        .replaceAll("\"[-0-9a-f]{36}\"", "\"UUID\"")
        .replaceAll(":\\d+", ":0");
  }

  @Test
  void characters_are_not_escaped() {
    Person owner = newPerson();
    String item = "/items/" + newItem(owner.id(), "\uD83E\uDD84 \u00E4");
    for (String path : List.of(item, "/items/?limit=1&owner_id=" + owner.id(), "/items/export")) {
      assertThat(as(owner).get(path).asString(), containsString("\"\uD83E\uDD84 \u00E4\""));
    }
  }
}
