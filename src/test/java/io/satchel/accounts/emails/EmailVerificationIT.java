package io.satchel.accounts.emails;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.newEmail;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.satchel.Api;
import io.satchel.MailServer;
import io.satchel.PackagedService;
import io.satchel.TestServer;
import io.satchel.accounts.AccountRequests;
import io.satchel.emails.OutboxRows;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** How users show that an address is theirs. */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class EmailVerificationIT {

  private static final String SUBJECT = "Verify your e-mail address";
  private static final String CHANGE = "Your e-mail address will change";

  private static OutboxRows outbox;
  private static MailServer mail;
  private static PackagedService service;
  private static AccountRequests accounts;

  private final String email = newEmail();
  private final String next = newEmail();

  @BeforeAll
  static void start() {
    mail = new MailServer();
    String database = TestServer.newDatabase();
    outbox = new OutboxRows(database);
    service = PackagedService.start(mail.options("-Dquarkus.datasource.jdbc.url=" + database));
    accounts = new AccountRequests(service);
  }

  @AfterAll
  static void stop() {
    service.close();
    mail.close();
  }

  private static String tokenTo(String address) throws InterruptedException {
    return mail.await(address, SUBJECT).token("/verify-email");
  }

  @Test
  void a_new_user_verifies_the_address() throws Exception {
    String session = accounts.newSession(email);
    accounts.me(session).body("is_verified", is(false)).body("pending_email", nullValue());
    String token = tokenTo(email);
    accounts.verify(token).statusCode(204);
    accounts.me(session).body("is_verified", is(true));
    accounts.verify(token).statusCode(400).body("type", is("/problems/invalid-email-token"));
    service.awaitLogged("\"email_verification\",\"outcome\":\"success\"");
    service.awaitLogged("\"email_verification\",\"outcome\":\"failure\"");
    assertThat(service.log(), not(containsString(token)));
  }

  @Test
  void a_link_that_is_sent_again_replaces_the_first() throws Exception {
    String session = accounts.newSession(email);
    String first = tokenTo(email);
    accounts.sendVerification(session).statusCode(202);
    String second = tokenTo(email);
    accounts.verify(first).statusCode(400);
    accounts.verify(second).statusCode(204);
    accounts.sendVerification(session).statusCode(202);
    outbox.awaitNone();
    assertEquals(List.of(), mail.to(email)); // There is nothing left to verify.
  }

  @Test
  void a_deactivated_user_cannot_finish_a_change() throws Exception {
    String session = accounts.newSession(email);
    accounts.changeEmail(session, next).statusCode(200);
    String token = tokenTo(next);
    int id = accounts.me(session).extract().path("id");
    String admin = service.adminToken();
    for (boolean isActive : new boolean[] {false, true}) {
      service
          .as(admin)
          .contentType(ContentType.JSON)
          .body(Map.of("is_active", isActive))
          .patch("/users/" + id)
          .then()
          .statusCode(200)
          .body("pending_email", nullValue());
      accounts.verify(token).statusCode(400);
    }
  }

  @Test
  void a_user_is_not_flooded_with_emails() throws Exception {
    String session = accounts.newSession(email);
    tokenTo(email);
    outbox.awaitNone();
    int id = accounts.me(session).extract().path("id");
    outbox.update(
        """
        update attempts set wait_until = now() + interval '15 minutes'
        where name like 'EMAIL_VERIFICATION to %'
          and counted_from = (select max(counted_from) from attempts)
        """);
    accounts.sendVerification(session).statusCode(202);
    outbox.await("user_id = %d and next_attempt_at > now() + interval '10 minutes'".formatted(id));
    assertEquals(List.of(), mail.to(email));
    outbox.update("delete from outbox where user_id = " + id);
  }

  @Test
  void a_change_with_a_username_that_is_taken_changes_nothing() throws Exception {
    String username = "user-" + UUID.randomUUID().toString().substring(0, 8);
    String owner = accounts.newSession(next);
    change(owner, Map.of("username", username)).statusCode(200);
    String session = accounts.newSession(email);
    change(session, Map.of("email", newEmail(), "username", username, "current_password", PASSWORD))
        .statusCode(400)
        .body("detail", is("Username already exists"))
        .body("errors[0].pointer", is("/username"));
    accounts.me(session).body("pending_email", nullValue());
  }

  private static ValidatableResponse change(String session, Map<String, String> members) {
    int id = accounts.me(session).extract().path("id");
    return service
        .as(session)
        .contentType(ContentType.JSON)
        .body(members)
        .patch("/users/" + id)
        .then();
  }

  @Test
  void a_new_address_takes_effect_when_it_is_verified() throws Exception {
    String session = accounts.newSession(email);
    String earlier = tokenTo(email);
    accounts.verify(earlier).statusCode(204);
    accounts
        .changeEmail(session, next)
        .statusCode(200)
        .body("email", is(email))
        .body("pending_email", is(next));
    mail.await(email, CHANGE);
    String token = tokenTo(next);
    service.accessToken(email, PASSWORD);
    accounts.verify(token).statusCode(204);
    accounts
        .me(session)
        .body("email", is(next))
        .body("pending_email", nullValue())
        .body("is_verified", is(true));
    service.accessToken(next, PASSWORD);
    service.awaitLogged("\"email_change\",\"outcome\":\"success\"");
  }

  @Test
  void a_link_that_waits_for_a_replaced_address_is_not_sent() throws Exception {
    mail.reject(email::equals);
    String session = accounts.newSession(email);
    String toFirst = "recipient = '%s' and type = 'EMAIL_VERIFICATION'".formatted(email);
    outbox.await(toFirst + " and attempts = 1");
    mail.reject(recipient -> false);
    accounts.changeEmail(session, next).statusCode(200);
    assertEquals(0, outbox.count(toFirst));
    accounts.verify(tokenTo(next)).statusCode(204);
    outbox.awaitNone();
  }

  @Test
  void a_change_that_was_taken_back_cannot_be_verified() throws Exception {
    String session = accounts.newSession(email);
    accounts.changeEmail(session, next).statusCode(200);
    String token = tokenTo(next);
    accounts.changeEmail(session, email).statusCode(200).body("pending_email", nullValue());
    accounts.verify(token).statusCode(400);
    accounts.me(session).body("email", is(email));
  }

  /** Somebody else may have begun the change, with a stolen password. */
  @Test
  void a_new_password_takes_back_a_change() throws Exception {
    String session = accounts.newSession(email);
    accounts.changeEmail(session, next).statusCode(200);
    String token = tokenTo(next);
    accounts.changePassword(session, PASSWORD, "maximum-effort-2026").statusCode(204);
    accounts.verify(token).statusCode(400);
    service.accessToken(email, "maximum-effort-2026");
  }

  @Test
  void the_owner_of_the_old_address_takes_back_the_account() throws Exception {
    String session = accounts.newSession(email);
    String undo = changeVerifiedAddress(session);
    String third = newEmail();
    accounts.changeEmail(session, third).statusCode(200);
    accounts
        .undoChange(mail.await(next, CHANGE).token("/undo-email-change"))
        .statusCode(204); // It does not take away the first link.
    accounts.undoChange(undo).statusCode(204);
    Api.awaitRevoked(() -> accounts.me(session).extract().statusCode() == 401);
    accounts.verify(tokenTo(third)).statusCode(400);
    accounts.undoChange(undo).statusCode(400).body("type", is("/problems/invalid-email-token"));
    Api.logIn(service.given(), email, PASSWORD).statusCode(400);
    String recovery = mail.await(email, "Reset your password").token("/reset-password");
    accounts.reset(recovery, "maximum-effort-2026").statusCode(204);
    Api.logIn(service.given(), email, "maximum-effort-2026").statusCode(200);
    Api.logIn(service.given(), next, "maximum-effort-2026").statusCode(400);
    service.awaitLogged("\"email_change_undone\",\"outcome\":\"success\"");
  }

  /** Replaces the address, and returns the token that undoes it. */
  private String changeVerifiedAddress(String session) throws InterruptedException {
    accounts.verify(tokenTo(email)).statusCode(204);
    accounts.changeEmail(session, next).statusCode(200);
    String undo = mail.await(email, CHANGE).token("/undo-email-change");
    accounts.verify(tokenTo(next)).statusCode(204);
    return undo;
  }

  @Test
  void the_undo_of_a_later_change_does_not_take_away_a_warning_that_is_late() throws Exception {
    String session = accounts.newSession(email);
    accounts.verify(tokenTo(email)).statusCode(204);
    mail.reject(email::equals);
    accounts.changeEmail(session, next).statusCode(200);
    accounts.verify(tokenTo(next)).statusCode(204);
    outbox.await("recipient = '%s' and attempts = 1".formatted(email));
    accounts.changeEmail(session, newEmail()).statusCode(200);
    accounts.undoChange(mail.await(next, CHANGE).token("/undo-email-change")).statusCode(204);
    mail.reject(recipient -> false);
    outbox.endWait();
    accounts.undoChange(mail.await(email, CHANGE).token("/undo-email-change")).statusCode(204);
    mail.await(email, "Reset your password");
  }

  /** It may be the address of somebody else, by a typing error. */
  @Test
  void an_address_that_was_not_verified_cannot_take_back_the_account() throws Exception {
    String session = accounts.newSession(email);
    tokenTo(email);
    accounts.changeEmail(session, next).statusCode(200);
    assertThat(mail.await(email, CHANGE).text(), not(containsString("undo-email-change")));
  }

  @Test
  void a_stranger_who_signs_up_with_the_old_address_does_not_prevent_the_undo() throws Exception {
    String session = accounts.newSession(email);
    String undo = changeVerifiedAddress(session);
    String stranger = accounts.newSession(email);
    accounts.undoChange(undo).statusCode(204);
    mail.await(email, "Reset your password");
    accounts.me(stranger).statusCode(200).body("email", not(email));
  }

  @Test
  void an_address_that_was_taken_in_the_meantime_is_not_verified() throws Exception {
    String session = accounts.newSession(email);
    accounts.changeEmail(session, next).statusCode(200);
    String token = tokenTo(next);
    String other = newEmail();
    String otherSession = accounts.newSession(other);
    accounts.changeEmail(otherSession, next).statusCode(200);
    accounts.verify(tokenTo(next)).statusCode(204);
    accounts.verify(token).statusCode(400).body("type", is("/problems/taken"));
    accounts.me(session).body("email", is(email)).body("pending_email", is(next));
    accounts.sendVerification(session).statusCode(202);
    mail.await(next, "You already have an account");
  }
}
