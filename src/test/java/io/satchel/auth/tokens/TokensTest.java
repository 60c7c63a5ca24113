package io.satchel.auth.tokens;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.accessToken;
import static io.satchel.Api.as;
import static io.satchel.Api.awaitRevocation;
import static io.satchel.Api.concurrently;
import static io.satchel.Api.delete;
import static io.satchel.Api.get;
import static io.satchel.Api.logIn;
import static io.satchel.Api.newEmail;
import static io.satchel.Api.newPerson;
import static io.satchel.Api.newPersonWithLogin;
import static io.satchel.Api.newUser;
import static io.satchel.Api.patch;
import static io.satchel.Api.post;
import static java.util.Collections.nCopies;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.satchel.Api;
import io.satchel.Api.Person;
import io.satchel.Await;
import io.satchel.TestSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The token endpoint and its tokens (RFC 6749, 6750, 7009, 7638, 9068). */
@QuarkusTest
class TokensTest {

  @Test
  void a_user_logs_in() {
    Person person = newPerson();
    logIn(person.email(), PASSWORD)
        .statusCode(200)
        .contentType("application/json")
        .header("Cache-Control", equalTo("no-store"))
        .header("Pragma", equalTo("no-cache"))
        .body("token_type", equalTo("bearer"))
        .body("expires_in", is(900))
        .body("refresh_token", matchesPattern("[A-Za-z0-9_-]{64}"))
        .body("size()", is(4));
    as(person).get("/users/me").then().statusCode(200).body("id", is((int) person.id()));
  }

  @Test
  void a_token_that_was_accepted_expires() throws Exception {
    TokenForger forger = new TokenForger(newPerson().accessToken());
    String token = forger.expiringAt(Instant.now().getEpochSecond() + 3);
    for (int life = 6; as(token).get("/users/me").statusCode() != 200; life *= 2) {
      assertTrue(life < 100); // This machine needs longer to use a token.
      token = forger.expiringAt(Instant.now().getEpochSecond() + life);
    }
    String accepted = token;
    Await.until("expiry", () -> as(accepted).get("/users/me").statusCode() == 401);
  }

  @Test
  void a_login_is_an_email_address_or_a_username_ignoring_case() {
    String email = newEmail();
    String username = "Weasel." + email.substring(0, 8);
    post("/users/", Map.of("email", email, "password", PASSWORD, "username", username))
        .statusCode(201);
    for (String login :
        List.of(
            email, email.toUpperCase(Locale.ROOT), username, username.toLowerCase(Locale.ROOT))) {
      logIn(login, PASSWORD).statusCode(200);
    }
  }

  @Test
  void an_access_token_has_the_claims_of_rfc_9068() throws Exception {
    Person person = newPersonWithLogin();
    String kid = get("/.well-known/jwks.json").extract().jsonPath().getString("keys[0].kid");
    JsonNode header = part(person.accessToken(), 0);
    assertEquals("RS256", header.get("alg").asText());
    assertEquals("at+jwt", header.get("typ").asText());
    assertEquals(kid, header.get("kid").asText());
    JsonNode claims = part(person.accessToken(), 1);
    assertEquals("satchel", claims.get("iss").asText());
    assertEquals("satchel", claims.get("aud").asText());
    assertEquals(Long.toString(person.id()), claims.get("sub").asText());
    assertEquals(900, claims.get("exp").asLong() - claims.get("iat").asLong());
    assertEquals("[\"user\"]", claims.get("groups").toString());
    JsonNode another = part(accessToken(person.email(), PASSWORD), 1);
    assertNotEquals(claims.get("jti"), another.get("jti"));
  }

  @Test
  void only_public_keys_are_published() throws Exception {
    JsonPath keys =
        get("/.well-known/jwks.json")
            .statusCode(200)
            .contentType(ContentType.JSON)
            .header("Cache-Control", equalTo("public, max-age=300"))
            .body("keys.kty", everyItem(equalTo("RSA")))
            .body("keys.d", everyItem(nullValue()))
            .body("keys.p", everyItem(nullValue()))
            .body("keys[0].size()", is(6))
            .extract()
            .jsonPath();
    String thumbprint =
        "{\"e\":\"%s\",\"kty\":\"RSA\",\"n\":\"%s\"}"
            .formatted(keys.getString("keys[0].e"), keys.getString("keys[0].n"));
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(thumbprint.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        Base64.getUrlEncoder().withoutPadding().encodeToString(hash),
        keys.getString("keys[0].kid"));
  }

  @Test
  void the_error_does_not_reveal_whether_the_login_or_the_password_is_wrong() {
    Person person = newPerson();
    Person deactivated = newPerson();
    patch("/users/" + deactivated.id(), Map.of("is_active", false)).statusCode(200);
    List<String> responses =
        List.of(
            logIn(person.email(), "wrong").statusCode(400).extract().asString(),
            logIn(newEmail(), "wrong").statusCode(400).extract().asString(),
            logIn(deactivated.email(), PASSWORD).statusCode(400).extract().asString());
    assertEquals(nCopies(3, responses.getFirst()), responses);
    assertEquals("invalid_grant", JsonPath.from(responses.getFirst()).getString("error"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                   | invalid_request
          a=b                                                  | invalid_request
          grant_type=                                          | invalid_request
          grant_type=password                                  | invalid_request
          grant_type=password&username=a                       | invalid_request
          grant_type=password&username=a&password=             | invalid_request
          grant_type=password&username=a&username=a&password=b | invalid_request
          grant_type=password&username=%00&password=b          | invalid_request
          grant_type=%zz                                       | invalid_request
          grant_type=password&username=a&password              | invalid_request
          =&&==&grant_type=password                            | invalid_request
          grant_type=refresh_token                             | invalid_request
          grant_type=client_credentials                        | unsupported_grant_type
          grant_type=Password&username=a&password=b            | unsupported_grant_type
          grant_type=password&username=%ff&password=%ff        | invalid_grant
          grant_type=password&username=a@&password=b           | invalid_grant
          grant_type=refresh_token&refresh_token=x             | invalid_grant
          grant_type=refresh_token&refresh_token=a.b           | invalid_grant
          """)
  void an_invalid_request_receives_an_oauth_error(String form, String error) {
    RestAssured.given()
        .contentType("application/x-www-form-urlencoded")
        .body(form)
        .post("/token")
        .then()
        .statusCode(400)
        .contentType("application/json")
        .header("Cache-Control", equalTo("no-store"))
        .body("error", equalTo(error))
        .body("error_description", not(nullValue()));
  }

  @Test
  void x_forwarded_for_of_an_untrusted_client_is_ignored() {
    Person person = newPerson();
    RestAssured.given()
        .auth()
        .preemptive()
        .basic("swagger-ui", "secret")
        .formParams("grant_type", "password", "username", person.email(), "password", PASSWORD)
        .formParams("scope", "everything", "client_id", "x", "client_secret", "y")
        .post("/token")
        .then()
        .statusCode(200);
    RestAssured.given()
        .auth()
        .oauth2("stale")
        .formParams("grant_type", "password", "username", person.email(), "password", PASSWORD)
        .post("/token")
        .then()
        .statusCode(200);
  }

  @Test
  void a_refresh_token_returns_new_tokens() {
    Person person = newPerson();
    String first = refreshTokenOf(person);
    JsonPath next = refresh(first).statusCode(200).body("size()", is(4)).extract().jsonPath();
    assertNotEquals(first, next.getString("refresh_token"));
    as(next.getString("access_token")).get("/users/me").then().statusCode(200);
    refresh(next.getString("refresh_token")).statusCode(200);
  }

  @Test
  void the_reuse_of_a_refresh_token_revokes_its_family() {
    Person person = newPerson();
    String other = refreshTokenOf(person);
    String stolen = refreshTokenOf(person);
    String next = nextOf(stolen);
    JsonPath last = refresh(next).statusCode(200).extract().jsonPath();
    assertRejected(stolen);
    assertRejected(last.getString("refresh_token"));
    awaitRevocation(last.getString("access_token"));
    refresh(other).statusCode(200); // It belongs to another log-in.
  }

  @Test
  void concurrent_refreshes_of_one_client_all_receive_the_same_token() throws Exception {
    String token = refreshTokenOf(newPerson());
    List<String> successors = concurrently(8, () -> nextOf(token));
    assertEquals(1, Set.copyOf(successors).size());
    refresh(successors.getFirst()).statusCode(200);
  }

  private static String nextOf(String refreshToken) {
    return refresh(refreshToken).statusCode(200).extract().jsonPath().getString("refresh_token");
  }

  @Test
  void two_different_authorization_headers_are_rejected() {
    Person person = newPerson();
    String valid = "Bearer " + person.accessToken();
    for (String second : List.of("Bearer " + newPerson().accessToken(), "Basic Og==")) {
      RestAssured.given()
          .header("Authorization", valid, second)
          .get("/users/me")
          .then()
          .statusCode(400)
          .body("type", equalTo("/problems/bad-request"));
    }
  }

  @Test
  void an_old_log_in_cannot_do_what_cannot_be_undone() throws Exception {
    Person person = newPersonWithLogin();
    String old = new TokenForger(person.accessToken()).withLoginBefore(Duration.ofMinutes(6));
    String user = "/users/" + person.id();
    assertRecentLoginRequired(as(old).delete(user));
    assertRecentLoginRequired(
        as(new TokenForger(person.accessToken()).withLoginBefore(null)).delete(user));
    as(old).get("/users/me").then().statusCode(200);
    as(person).delete(user).then().statusCode(204);
  }

  @Test
  void an_old_log_in_of_an_admin_cannot_take_accounts() throws Exception {
    String admin = accessToken(TestSettings.ADMIN_EMAIL, TestSettings.ADMIN_PASSWORD);
    String old = new TokenForger(admin).withLoginBefore(Duration.ofMinutes(6));
    String user = "/users/" + newUser();
    for (Map<String, Object> change :
        List.<Map<String, Object>>of(
            Map.of("email", newEmail()), Map.of("is_admin", true), Map.of("is_active", false))) {
      assertRecentLoginRequired(as(old).contentType(ContentType.JSON).body(change).patch(user));
      as(admin).contentType(ContentType.JSON).body(change).patch(user).then().statusCode(200);
    }
    assertRecentLoginRequired(as(old).delete(user));
    as(old)
        .contentType(ContentType.JSON)
        .body(Map.of("first_name", "x"))
        .patch(user)
        .then()
        .statusCode(200);
    as(admin).delete(user).then().statusCode(204);
  }

  /** RFC 9470, section 3. */
  private static void assertRecentLoginRequired(Response response) {
    response
        .then()
        .statusCode(401)
        .header(
            "WWW-Authenticate",
            "Bearer error=\"insufficient_user_authentication\", max_age=\"300\"")
        .body("type", equalTo("/problems/insufficient-user-authentication"));
  }

  @Test
  void a_user_who_changes_the_address_sends_the_password() {
    Person person = newPerson();
    String user = "/users/" + person.id();
    String email = newEmail();
    changeEmail(person, Map.of("email", email))
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/current_password"));
    changeEmail(person, Map.of("email", email, "current_password", "wrong"))
        .statusCode(400)
        .body("type", equalTo("/problems/wrong-password"));
    changeEmail(person, Map.of("email", person.email(), "first_name", "x")).statusCode(200);
    changeEmail(person, Map.of("email", email, "current_password", PASSWORD))
        .statusCode(200)
        .body("email", equalTo(email));
    for (int i = 0; i < 5; i++) {
      changeEmail(person, Map.of("email", newEmail(), "current_password", "wrong"));
    }
    changeEmail(person, Map.of("email", newEmail(), "current_password", PASSWORD)).statusCode(429);
    as(person).get(user).then().body("email", equalTo(email));
  }

  private static ValidatableResponse changeEmail(Person person, Map<String, String> members) {
    return as(person)
        .contentType(ContentType.JSON)
        .body(members)
        .patch("/users/" + person.id())
        .then();
  }

  @Test
  void an_access_token_does_not_help_to_make_up_a_refresh_token() throws Exception {
    Person person = newPerson();
    UUID session = UUID.fromString(part(person.accessToken(), 1).get("sid").asText());
    ByteBuffer forged = ByteBuffer.allocate(48);
    forged.putLong(session.getMostSignificantBits()).putLong(session.getLeastSignificantBits());
    String madeUp = Base64.getUrlEncoder().encodeToString(forged.array());
    assertRejected(madeUp);
    revoke(madeUp).statusCode(200);
    String token = logIn(person.email(), PASSWORD).extract().jsonPath().getString("refresh_token");
    refresh(token).statusCode(200);
    as(person).get("/users/me").then().statusCode(200);
  }

  @Test
  void concurrent_log_ins_after_a_failure_all_succeed() throws Exception {
    Person person = newPerson();
    logIn(person.email(), "wrong").statusCode(400);
    assertEquals(
        nCopies(12, 200),
        concurrently(12, () -> logIn(person.email(), PASSWORD).extract().statusCode()));
  }

  @Test
  void concurrent_revocations_are_not_an_error() throws Exception {
    String token = refreshTokenOf(newPerson());
    assertEquals(nCopies(8, 200), concurrently(8, () -> revoke(token).extract().statusCode()));
  }

  @Test
  void every_character_of_a_password_matters() {
    String email = newEmail();
    String password = "a;b=c&d#e%f+g h";
    post("/users/", Map.of("email", email, "password", password)).statusCode(201);
    logIn(email, password).statusCode(200);
    RestAssured.given()
        .contentType("application/x-www-form-urlencoded")
        .body("grant_type=password&username=" + email + "&password=a;b=c%26d#e%25f%2bg+h")
        .post("/token")
        .then()
        .statusCode(200);
    logIn(email, "a;b=c").statusCode(400);
  }

  @Test
  void changing_the_password_revokes_all_tokens() {
    Person person = newPerson();
    String refreshToken = refreshTokenOf(person);
    changePassword(person, PASSWORD, "katana-unicorn-7").statusCode(204);
    assertRejected(refreshToken);
    awaitRevocation(person.accessToken());
    logIn(person.email(), PASSWORD).statusCode(400);
    logIn(person.email(), "katana-unicorn-7").statusCode(200);
  }

  @Test
  void changing_the_password_requires_the_current_one() {
    Person person = newPerson();
    changePassword(person, "wrong", "katana-unicorn-7")
        .statusCode(400)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/wrong-password"))
        .body("errors.pointer", contains("/current_password"));
    logIn(person.email(), PASSWORD).statusCode(200);
  }

  @Test
  void deactivating_a_user_revokes_all_tokens() {
    Person person = newPerson();
    String refreshToken = refreshTokenOf(person);
    patch("/users/" + person.id(), Map.of("is_active", false)).statusCode(200);
    assertRejected(refreshToken);
    awaitRevocation(person.accessToken());
    patch("/users/" + person.id(), Map.of("is_active", true)).statusCode(200);
    assertRejected(refreshToken);
    as(person).get("/users/me").then().statusCode(401);
    logIn(person.email(), PASSWORD).statusCode(200);
  }

  @Test
  void deleting_a_user_revokes_all_tokens() {
    Person person = newPerson();
    String refreshToken = refreshTokenOf(person);
    delete("/users/" + person.id()).statusCode(204);
    assertRejected(refreshToken);
    awaitRevocation(person.accessToken());
    logIn(person.email(), PASSWORD).statusCode(400);
  }

  @Test
  void a_demoted_admin_keeps_the_rights_of_a_user() {
    Person person = newPerson();
    patch("/users/" + person.id(), Map.of("is_admin", true)).statusCode(200);
    as(person).get("/users/").then().statusCode(403); // The token was issued before.
    String token = accessToken(person.email(), PASSWORD);
    as(token).get("/users/").then().statusCode(200);
    patch("/users/" + person.id(), Map.of("is_admin", false)).statusCode(200);
    Api.awaitRevoked(() -> as(token).get("/users/").statusCode() != 200);
    as(token).get("/users/").then().statusCode(403);
    as(token).get("/users/me").then().statusCode(200).body("is_admin", is(false));
  }

  @Test
  void revoking_either_token_ends_both() {
    Person person = newPerson();
    for (String kind : List.of("access_token", "refresh_token")) {
      JsonPath tokens = logIn(person.email(), PASSWORD).extract().jsonPath();
      revoke(tokens.getString(kind)).statusCode(200).body(equalTo(""));
      assertRejected(tokens.getString("refresh_token"));
      awaitRevocation(tokens.getString("access_token"));
      revoke(tokens.getString(kind)).statusCode(200);
    }
    as(person).get("/users/me").then().statusCode(200);
  }

  @Test
  void revoking_an_invalid_token_is_not_an_error() {
    for (String none : List.of("x", "a.b.c", "A".repeat(64))) {
      revoke(none).statusCode(200);
    }
    RestAssured.given()
        .contentType("application/x-www-form-urlencoded")
        .post("/token/revoke")
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_request"));
  }

  private static String refreshTokenOf(Person person) {
    return logIn(person.email(), PASSWORD).extract().jsonPath().getString("refresh_token");
  }

  private static ValidatableResponse refresh(String token) {
    return Api.refresh(RestAssured.given(), token);
  }

  private static void assertRejected(String refreshToken) {
    refresh(refreshToken).statusCode(400).body("error", equalTo("invalid_grant"));
  }

  private static ValidatableResponse revoke(String token) {
    return RestAssured.given().formParam("token", token).post("/token/revoke").then();
  }

  private static ValidatableResponse changePassword(Person person, String current, String wanted) {
    return as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("current_password", current, "new_password", wanted))
        .put("/users/me/password")
        .then();
  }

  private static JsonNode part(String token, int index) throws Exception {
    String part = List.of(token.split("\\.", -1)).get(index);
    return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(part));
  }
}
