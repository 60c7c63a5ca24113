package io.satchel.accounts.emails;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.newEmail;
import static io.satchel.accounts.AccountRequests.describe;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.stringContainsInOrder;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.satchel.Api;
import io.satchel.MailServer;
import io.satchel.PackagedService;
import io.satchel.accounts.AccountRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A service whose users must verify their addresses, and learn about log-ins from new ones. */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class RequiredVerificationIT {

  private static final Set<Object> FOR_UNVERIFIED =
      Set.of("getMe", "sendEmailVerification", "updateUser", "replaceUser", "deleteUser");
  private static final String OTHER_PASSWORD = "maximum-effort-2026";
  private static final String VERIFICATION = "Verify your e-mail address";
  private static final String IN_USE = "You already have an account";

  private static MailServer mail;
  private static PackagedService service;
  private static AccountRequests accounts;

  private final String email = newEmail();

  @BeforeAll
  static void start() {
    mail = MailServer.withTls();
    service =
        PackagedService.startWithDatabase(
            mail.options(
                "-Dsatchel.accounts.require-verification=true",
                "-Dsatchel.accounts.report-new-addresses=true"));
    accounts = new AccountRequests(service);
  }

  @AfterAll
  static void stop() {
    service.close();
    mail.close();
  }

  private void verify(String address) throws InterruptedException {
    String token = mail.await(address, VERIFICATION).token("/verify-email");
    accounts.verify(token).statusCode(204);
  }

  @Test
  void an_unverified_user_can_only_verify() throws Exception {
    accounts.signUp(email).statusCode(202).body(is(""));
    String session = service.accessToken(email, PASSWORD);
    accounts.me(session).statusCode(200).body("is_verified", is(false));
    for (String[] operation : operationsForUsers()) {
      RequestSpecification request = service.as(session);
      if (operation[0].startsWith("p")) {
        request.contentType(ContentType.JSON).body("{}");
      }
      request
          .request(operation[0], operation[1])
          .then()
          .statusCode(403)
          .body("type", is("/problems/unverified"));
    }
    mail.await(email, VERIFICATION); // The next one replaces it.
    accounts.sendVerification(session).statusCode(202);
    verify(email);
    service.as(session).get("/items/").then().statusCode(200);
  }

  /** Returns method and path of each operation that needs a token, except those for everyone. */
  private static List<String[]> operationsForUsers() {
    Map<String, Map<String, Map<String, Object>>> paths =
        service.given().get("/openapi.json").path("paths");
    List<String[]> operations = new ArrayList<>();
    paths.forEach((path, methods) ->
        methods.forEach((method, operation) -> {
          boolean needsToken = !((List<?>) operation.get("security")).isEmpty();
          if (needsToken && !FOR_UNVERIFIED.contains(operation.get("operationId"))) {
            operations.add(new String[] {method, path.replaceAll("\\{.*?}", "1")});
          }
        }));
    assertThat(operations.size(), greaterThan(15));
    return operations;
  }

  @Test
  void sign_up_does_not_reveal_who_is_registered() throws Exception {
    Response created = signUp(email, null);
    verify(email);
    Response repeated = signUp(email, null);
    assertEquals(202, created.statusCode());
    assertEquals(describe(created), describe(repeated));
    assertThat(mail.await(email, IN_USE).text(), containsString("reset it"));
    service.accessToken(email, PASSWORD);
  }

  @Test
  void concurrent_sign_ups_do_not_reveal_who_is_registered() throws Exception {
    assertEquals(
        List.of(202, 202, 202), Api.concurrently(3, () -> signUp(email, null).statusCode()));
  }

  @Test
  void a_username_that_is_taken_does_not_reveal_who_has_the_address() throws Exception {
    String username = "user-" + UUID.randomUUID().toString().substring(0, 8);
    assertEquals(202, signUp(email, username).statusCode());
    verify(email);
    for (String address : List.of(email, newEmail())) {
      Response rejected = signUp(address, username);
      assertEquals(400, rejected.statusCode());
      assertEquals("Username already exists", rejected.path("detail"));
    }
  }

  @Test
  void an_unverified_user_can_correct_the_address_and_delete_the_account() throws Exception {
    accounts.signUp(email).statusCode(202);
    String session = service.accessToken(email, PASSWORD);
    String user = "/users/" + accounts.me(session).extract().path("id");
    change(session, user, Map.of("first_name", "Wade"))
        .statusCode(403)
        .body("type", is("/problems/unverified"));
    String right = newEmail();
    change(session, user, Map.of("email", right)).statusCode(422);
    accounts.changeEmail(session, right).statusCode(200);
    verify(right);
    accounts.me(session).body("email", is(right)).body("is_verified", is(true));

    accounts.signUp(email).statusCode(202);
    String other = service.accessToken(email, PASSWORD);
    service
        .as(other)
        .delete("/users/" + accounts.me(other).extract().path("id"))
        .then()
        .statusCode(204);
    Api.logIn(service.given(), email, PASSWORD).statusCode(400);
  }

  private static ValidatableResponse change(
      String session, String user, Map<String, String> members) {
    return service.as(session).contentType(ContentType.JSON).body(members).patch(user).then();
  }

  @Test
  void another_sign_up_replaces_one_that_was_not_verified() throws Exception {
    String username = "user-" + UUID.randomUUID().toString().substring(0, 8);
    signUp(email, username);
    String session = service.accessToken(email, PASSWORD);
    String first = mail.await(email, VERIFICATION).token("/verify-email");
    assertEquals(
        202,
        service
            .given()
            .contentType(ContentType.JSON)
            .body(Map.of("email", email, "password", OTHER_PASSWORD, "username", username))
            .post("/users/")
            .statusCode());
    Api.awaitRevoked(() -> accounts.me(session).extract().statusCode() == 401);
    accounts.verify(first).statusCode(400);
    Api.logIn(service.given(), email, PASSWORD).statusCode(400);
    verify(email);
    Api.logIn(service.given(), username, OTHER_PASSWORD).statusCode(200);
  }

  @Test
  void a_login_from_a_new_address_is_reported() throws Exception {
    accounts.signUp(email).statusCode(202);
    verify(email);
    for (String address : List.of("192.0.2.1", "192.0.2.1", "192.0.2.2")) {
      Api.logIn(service.given().header("X-Forwarded-For", address), email, PASSWORD)
          .statusCode(200);
    }
    String reports =
        mail.await(email, "A log-in from a new address").text()
            + mail.await(email, "A log-in from a new address").text();
    assertThat(reports, stringContainsInOrder("192.0.2.1, ", " UTC", "192.0.2.2, ", " UTC"));
    assertEquals(List.of(), mail.to(email));
  }

  /** The default limit, which other tests must change. */
  @Test
  void a_network_can_recover_ten_times_an_hour() {
    for (int i = 0; i < 10; i++) {
      recoverFrom("192.0.2.70").statusCode(202);
    }
    recoverFrom("192.0.2.70")
        .statusCode(429)
        .header(
            "Retry-After", Integer::parseInt, both(greaterThan(600)).and(lessThanOrEqualTo(900)));
    recoverFrom("192.0.2.71").statusCode(202);
  }

  private static ValidatableResponse recoverFrom(String address) {
    return service
        .given()
        .header("X-Forwarded-For", address)
        .contentType(ContentType.JSON)
        .body(Map.of("email", newEmail()))
        .post("/password-recovery")
        .then();
  }

  private static Response signUp(String address, String username) {
    return service
        .given()
        .contentType(ContentType.JSON)
        .body(
            username == null
                ? Map.of("email", address, "password", PASSWORD)
                : Map.of("email", address, "password", PASSWORD, "username", username))
        .post("/users/");
  }
}
