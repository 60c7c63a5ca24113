package io.satchel.accounts.passwords;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.newEmail;
import static io.satchel.accounts.AccountRequests.describe;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.ValidatableResponse;
import io.satchel.Api;
import io.satchel.MailServer;
import io.satchel.PackagedService;
import io.satchel.TestServer;
import io.satchel.accounts.AccountRequests;
import io.satchel.emails.OutboxRows;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** What a user does who has forgotten the password. */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class PasswordRecoveryIT {

  private static final String NEW_PASSWORD = "maximum-effort-2026";
  private static final String RECOVERY = "Reset your password";
  private static final String CHANGED = "Your password was changed";
  private static final String PAGE = "/reset-password";

  private static String database;
  private static MailServer mail;
  private static PackagedService service;
  private static AccountRequests accounts;

  private final String email = newEmail();

  @BeforeAll
  static void start() {
    mail = new MailServer();
    database = TestServer.newDatabase();
    service =
        PackagedService.start(
            mail.options(
                "-Dquarkus.datasource.jdbc.url=" + database,
                "-Dsatchel.limits.recoveries-from-address=1000"));
    accounts = new AccountRequests(service);
  }

  @AfterAll
  static void stop() {
    service.close();
    mail.close();
  }

  /** Requests a recovery, and returns the token in the e-mail. */
  private static String recover(String address) throws InterruptedException {
    accounts.recover(address).statusCode(202);
    return mail.await(address, RECOVERY).token(PAGE);
  }

  @Test
  void the_link_in_an_email_resets_the_password() throws Exception {
    String session = accounts.newSession(email);
    for (int i = 0; i < 5; i++) {
      logIn("wrong").statusCode(400);
    }
    logIn(PASSWORD).statusCode(429);
    String token = recover(email);
    accounts.reset(token, NEW_PASSWORD).statusCode(204);
    accounts.me(session).statusCode(401);
    assertThat(mail.await(email, CHANGED).text(), containsString("reset your password"));
    logIn(PASSWORD).statusCode(400);
    logIn(NEW_PASSWORD).statusCode(200);
    accounts.me(service.accessToken(email, NEW_PASSWORD)).body("is_verified", is(true));
    service.awaitLogged("\"event\":\"password_reset\",\"outcome\":\"success\"");
    for (String secret : List.of(token, email, NEW_PASSWORD)) {
      assertThat(service.log(), not(containsString(secret)));
    }
  }

  /** Logs in from an address that the user has not used before. */
  private ValidatableResponse logIn(String password) {
    return Api.logIn(service.given().header("X-Forwarded-For", "192.0.2.7"), email, password);
  }

  @Test
  void the_response_does_not_reveal_whether_an_address_is_known() throws Exception {
    accounts.newSession(email);
    String unknown = newEmail();
    assertEquals(
        describe(accounts.recover(email).extract().response()),
        describe(accounts.recover(unknown).extract().response()));
    mail.await(email, RECOVERY);
    new OutboxRows(database).awaitNone();
    assertEquals(List.of(), mail.to(unknown));
  }

  @Test
  void a_token_works_once() throws Exception {
    accounts.newSession(email);
    String token = recover(email);
    accounts
        .reset(token, "12345678")
        .statusCode(422)
        .body("errors[0].pointer", is("/new_password"));
    List<Integer> statuses =
        Api.concurrently(3, () -> accounts.reset(token, NEW_PASSWORD).extract().statusCode());
    assertEquals(List.of(204, 400, 400), statuses.stream().sorted().toList());
    accounts
        .reset(token, NEW_PASSWORD)
        .statusCode(400)
        .body("type", is("/problems/invalid-email-token"))
        .body("errors[0].pointer", is("/token"));
  }

  @Test
  void a_later_email_replaces_the_token() throws Exception {
    accounts.newSession(email);
    String first = recover(email);
    String second = recover(email);
    accounts.reset(first, NEW_PASSWORD).statusCode(400);
    accounts.reset(second, NEW_PASSWORD).statusCode(204);
  }

  @Test
  void a_token_is_valid_for_thirty_minutes() throws Exception {
    accounts.newSession(email);
    String token = recover(email);
    letExpireIn("1 minute");
    accounts.reset(token, "12345678").statusCode(422);
    letExpireIn("0 minutes");
    accounts.reset(token, NEW_PASSWORD).statusCode(400);
  }

  private void letExpireIn(String time) {
    new OutboxRows(database)
        .update(
            """
            update email_tokens set expires_at = now() + interval '%s'
            where email = '%s' and purpose = 'PASSWORD_RECOVERY'
            """
                .formatted(time, email));
  }

  @Test
  void a_token_ends_with_a_change_of_the_password() throws Exception {
    String session = accounts.newSession(email);
    String token = recover(email);
    accounts.changePassword(session, PASSWORD, NEW_PASSWORD).statusCode(204);
    mail.await(email, CHANGED);
    accounts.reset(token, "chimichangas-for-ever").statusCode(400);
    service.accessToken(email, NEW_PASSWORD);
  }

  @Test
  void a_recovery_that_waits_ends_with_a_change_of_the_password() throws Exception {
    String session = accounts.newSession(email);
    mail.reject(email::equals);
    accounts.recover(email).statusCode(202);
    OutboxRows outbox = new OutboxRows(database);
    String waiting = "recipient = '%s' and type = 'PASSWORD_RECOVERY'".formatted(email);
    outbox.await(waiting + " and attempts = 1");
    accounts.changePassword(session, PASSWORD, NEW_PASSWORD).statusCode(204);
    assertEquals(0, outbox.count(waiting));
    mail.reject(recipient -> false);
    outbox.update("update outbox set next_attempt_at = now()");
    outbox.awaitNone();
  }

  @Test
  void a_token_ends_with_a_change_of_the_address() throws Exception {
    String session = accounts.newSession(email);
    String token = recover(email);
    String next = newEmail();
    accounts.changeEmail(session, next).statusCode(200);
    accounts
        .verify(mail.await(next, "Verify your e-mail address").token("/verify-email"))
        .statusCode(204);
    accounts.reset(token, NEW_PASSWORD).statusCode(400);
  }

  @Test
  void a_token_for_something_else_is_rejected() throws Exception {
    accounts.newSession(email);
    String verification = mail.await(email, "Verify your e-mail address").token("/verify-email");
    String recovery = recover(email);
    accounts.reset(verification, NEW_PASSWORD).statusCode(400);
    accounts.verify(recovery).statusCode(400);
    accounts.verify(verification).statusCode(204);
    accounts.reset(recovery, NEW_PASSWORD).statusCode(204);
  }

  @Test
  void a_deactivated_user_receives_nothing() throws Exception {
    accounts.newSession(email);
    String token = recover(email);
    String admin = service.adminToken();
    int id = service.as(admin).get("/users/?q=" + email).path("[0].id");
    service
        .as(admin)
        .contentType("application/json")
        .body(Map.of("is_active", false))
        .patch("/users/" + id)
        .then()
        .statusCode(200);
    accounts.reset(token, NEW_PASSWORD).statusCode(400);
    accounts.recover(email).statusCode(202);
    service.as(admin).post("/users/" + id + "/password-recovery").then().statusCode(202);
    new OutboxRows(database).awaitNone();
    assertEquals(
        List.of(), mail.to(email).stream().filter(e -> e.subject().equals(RECOVERY)).toList());
  }

  @Test
  void an_admin_sends_a_recovery_to_a_user() throws Exception {
    accounts.newSession(email);
    String admin = service.adminToken();
    int id = service.as(admin).get("/users/?q=" + email).path("[0].id");
    service.as(admin).post("/users/" + id + "/password-recovery").then().statusCode(202);
    accounts.reset(mail.await(email, RECOVERY).token(PAGE), NEW_PASSWORD).statusCode(204);
    service.accessToken(email, NEW_PASSWORD);
  }

  @Test
  void an_address_can_be_recovered_three_times_an_hour() {
    for (int i = 0; i < 3; i++) {
      accounts.recover(email).statusCode(202);
    }
    accounts
        .recover(email.toUpperCase(Locale.ROOT))
        .statusCode(429)
        .header(
            "Retry-After", Integer::parseInt, both(greaterThan(600)).and(lessThanOrEqualTo(900)));
    accounts.recover(newEmail()).statusCode(202);
    service.awaitLogged("\"event\":\"password_recovery\",\"outcome\":\"throttled\"");
  }
}
