package io.satchel.emails;

import static io.satchel.Api.newEmail;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.RestAssured;
import io.satchel.Api;
import io.satchel.Await;
import io.satchel.MailServer;
import io.satchel.PackagedService;
import io.satchel.TestServer;
import io.satchel.accounts.AccountRequests;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Each e-mail is sent, whatever happens to the service and the mail server. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class OutboxIT {

  private static final String RECOVERY = "Reset your password";

  private final MailServer mail = new MailServer();
  private final String database = TestServer.newDatabase();
  private final OutboxRows outbox = new OutboxRows(database);
  private final String email = newEmail();

  @AfterEach
  void stop() {
    mail.close();
  }

  private PackagedService start() {
    return PackagedService.start(
        mail.options(
            "-Dquarkus.datasource.jdbc.url=" + database,
            "-Dsatchel.limits.recoveries-from-address=1000"));
  }

  /** Tries to send the e-mails until the condition is true. */
  private void retryUntil(String what, BooleanSupplier condition) throws InterruptedException {
    Await.until(
        what,
        () -> {
          outbox.endWait();
          return condition.getAsBoolean();
        });
  }

  @Test
  void an_email_is_sent_although_the_process_dies() throws Exception {
    try (PackagedService service = start()) {
      AccountRequests accounts = new AccountRequests(service);
      accounts.signUp(email).statusCode(201);
      outbox.awaitNone();
      mail.setHangs(true);
      accounts.recover(email).statusCode(202);
      outbox.await("attempts = 1");
      service.kill();
    }
    mail.setHangs(false);
    outbox.endWait();
    try (PackagedService service = start()) {
      String token = mail.await(email, RECOVERY).token("/reset-password");
      new AccountRequests(service).reset(token, "maximum-effort-2026").statusCode(204);
    }
  }

  @Test
  void two_replicas_send_each_email_once_and_accept_each_token_once() throws Exception {
    try (PackagedService one = start();
        PackagedService other = start()) {
      List<AccountRequests> replicas =
          List.of(new AccountRequests(one), new AccountRequests(other));
      AtomicInteger next = new AtomicInteger();
      List<String> addresses = Stream.generate(Api::newEmail).limit(5).toList();
      for (String address : addresses) {
        replicas.get(next.getAndIncrement() % 2).signUp(address).statusCode(201);
      }
      for (String address : addresses) {
        replicas.get(next.getAndIncrement() % 2).recover(address).statusCode(202);
      }
      outbox.awaitNone();
      for (String address : addresses) {
        assertEquals(2, mail.to(address).size());
      }
      String token = mail.await(addresses.getFirst(), RECOVERY).token("/reset-password");
      List<Integer> statuses =
          Api.concurrently(
              2,
              () ->
                  replicas
                      .get(next.getAndIncrement() % 2)
                      .reset(token, "maximum-effort-2026")
                      .extract()
                      .statusCode());
      assertEquals(List.of(204, 400), statuses.stream().sorted().toList());
    }
  }

  @Test
  void an_email_waits_for_a_mail_server_that_is_away_or_refuses() throws Exception {
    try (PackagedService service = start()) {
      AccountRequests accounts = new AccountRequests(service);
      accounts.signUp(email).statusCode(201);
      outbox.awaitNone();
      mail.stop();
      accounts.recover(email).statusCode(202);
      outbox.await(
          "next_attempt_at between now() + interval '110 seconds' and now() + interval '2 minutes'");
      Await.until(
          "metric",
          () ->
              RestAssured.get(service.management().resolve("/q/metrics"))
                  .asString()
                  .contains("satchel_emails_waiting 1.0"));
      accounts.recover(email).statusCode(202);
      assertEquals(1, outbox.count("true")); // It replaces the waiting one.
      mail.restart();
      mail.setAccepts(false);
      retryUntil("rejection", () -> service.log().contains("recipient address not accepted"));
      mail.setAccepts(true);
      outbox.endWait();
      String token = mail.await(email, RECOVERY).token("/reset-password");
      accounts.reset(token, "maximum-effort-2026").statusCode(204);
      assertThat(service.log(), containsString("(PASSWORD_RECOVERY) was not sent, attempt 1: "));
      assertThat(service.log(), not(containsString(email)));
    }
  }

  @Test
  void an_email_that_is_rejected_for_an_hour_is_given_up() throws Exception {
    mail.setAccepts(false);
    try (PackagedService service = start()) {
      new AccountRequests(service).signUp(email).statusCode(201);
      outbox.await("attempts = 1");
      outbox.update("update outbox set created_at = created_at - interval '1 hour'");
      retryUntil("given up", () -> outbox.count("true") == 0);
      assertThat(service.log(), containsString(", the last one: "));
    }
  }

  @Test
  void a_mail_server_that_hangs_delays_only_what_it_received() throws Exception {
    String[] options =
        mail.options("-Dquarkus.datasource.jdbc.url=" + database, "-Dquarkus.mailer.timeout=1S");
    mail.setHangs(true);
    try (PackagedService service = PackagedService.start(options)) {
      AccountRequests accounts = new AccountRequests(service);
      accounts.signUp(email).statusCode(201);
      Await.until("timeout", () -> service.log().contains("TimeoutException"));
      mail.setHangs(false);
      String other = newEmail();
      accounts.signUp(other).statusCode(201);
      mail.await(other, "Verify your e-mail address");
    }
  }

  @Test
  void a_server_with_another_name_receives_nothing() throws Exception {
    String[] options =
        mail.options(
            "-Dquarkus.datasource.jdbc.url=" + database, "-Dquarkus.mailer.host=127.0.0.1");
    try (PackagedService service = PackagedService.start(options)) {
      new AccountRequests(service).signUp(email).statusCode(201);
      Await.until("warning", () -> service.log().contains("No subject alternative names"));
      assertEquals(List.of(), mail.to(email));
    }
  }

  @Test
  void an_email_about_a_deleted_user_is_not_sent() throws Exception {
    mail.stop();
    try (PackagedService service = start()) {
      AccountRequests accounts = new AccountRequests(service);
      String session = accounts.newSession(email);
      accounts.recover(email).statusCode(202);
      int id = accounts.me(session).extract().path("id");
      assertEquals(2, outbox.count("true"));
      service.as(session).delete("/users/" + id).then().statusCode(204);
      assertEquals(0, outbox.count("true"));
    }
  }
}
