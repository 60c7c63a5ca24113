package io.satchel.emails;

import static io.satchel.Api.newEmail;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.satchel.Api;
import io.satchel.Await;
import io.satchel.MailServer;
import io.satchel.PackagedService;
import io.satchel.TestServer;
import io.satchel.accounts.AccountRequests;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Two replicas send each e-mail, whatever happens to one of them and to the mail server. */
@Order(1) // It takes longest, so it begins first.
class OutboxIT {

  private static final String RECOVERY = "Reset your password";

  private static MailServer mail;
  private static OutboxRows outbox;
  private static String[] options;
  private static PackagedService service;
  private static PackagedService replica;
  private static AccountRequests accounts;

  private final String email = newEmail();
  private long logged;
  private long loggedByReplica;

  @BeforeAll
  static void start() {
    mail = new MailServer();
    String database = TestServer.newDatabase();
    outbox = new OutboxRows(database);
    options =
        mail.options(
            "-Dquarkus.datasource.jdbc.url=" + database,
            "-Dsatchel.mail.timeout=20S",
            "-Dsatchel.limits.recoveries-from-address=1000");
    service = PackagedService.start(options);
    replica = PackagedService.start(options);
    accounts = new AccountRequests(service);
    warmUp();
  }

  /** The first e-mail of a process takes much longer than others, and must not fail a test. */
  private static void warmUp() {
    outbox.addNotices("warm-up-", 20);
    retryUntil("warm-up", () -> outbox.count("true") == 0);
  }

  @AfterAll
  static void stop() {
    service.close();
    replica.close();
    mail.close();
  }

  @BeforeEach
  void skipLog() {
    logged = service.log().lines().count();
    loggedByReplica = replica.log().lines().count();
  }

  @AfterEach
  void repairMailServer() {
    mail.reject(recipient -> false);
    mail.hang(recipient -> false);
    outbox.update("delete from outbox");
  }

  /** Tries to send the e-mails until the condition is true. */
  private static void retryUntil(String what, BooleanSupplier condition) {
    Await.until(
        what,
        () -> {
          outbox.endWait();
          return condition.getAsBoolean();
        });
  }

  /** Waits until the e-mail of this test has failed with a reason. */
  private void awaitFailures(String reason, int attempts) {
    Await.until(reason, () -> newLog().filter(line -> line.contains(reason)).count() == attempts);
  }

  /** Returns what both replicas have logged in this test. */
  private Stream<String> newLog() {
    return Stream.concat(
        service.log().lines().skip(logged), replica.log().lines().skip(loggedByReplica));
  }

  /** The limit of {@link Await} is shorter than the two minutes until a second attempt. */
  @Test
  void an_email_arrives_although_others_are_rejected_or_get_no_reply() throws Exception {
    mail.reject(recipient -> number(recipient) % 3 == 0);
    mail.hang(recipient -> number(recipient) == 50);
    outbox.addNotices("user-", 100);
    Await.until(
        "e-mails",
        () ->
            IntStream.rangeClosed(1, 100)
                .filter(n -> n % 3 != 0 && n != 50)
                .allMatch(n -> mail.to("user-" + n + "@example.com").size() == 1));
    Await.until("others", () -> outbox.count("attempts = 1") == 34);
    awaitFailures("no confirmation within PT20S", 1);
    assertEquals(34, outbox.count("true"));
  }

  private static int number(String recipient) {
    return Integer.parseInt(recipient.replaceAll("\\D", ""));
  }

  @Test
  void an_email_is_sent_although_the_process_dies() throws Exception {
    OutboxRows rows = new OutboxRows(TestServer.newDatabase());
    String[] others = mail.options("-Dquarkus.datasource.jdbc.url=" + rows.database());
    mail.hang(email::equals);
    try (PackagedService killed = PackagedService.start(others)) {
      new AccountRequests(killed).signUp(email).statusCode(201);
      mail.awaitHanging();
      killed.kill();
    }
    mail.hang(recipient -> false);
    rows.endWait();
    try (PackagedService successor = PackagedService.start(others)) {
      String token = mail.await(email, "Verify your e-mail address").token("/verify-email");
      new AccountRequests(successor).verify(token).statusCode(204);
    }
  }

  @Test
  void two_replicas_send_each_email_once_and_accept_each_token_once() throws Exception {
    List<AccountRequests> replicas = List.of(accounts, new AccountRequests(replica));
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

  @Test
  void an_email_waits_for_a_mail_server_that_is_away_or_refuses() throws Exception {
    accounts.signUp(email).statusCode(201);
    outbox.awaitNone();
    mail.stop();
    accounts.recover(email).statusCode(202);
    outbox.await(
        "attempts = 1 and next_attempt_at between created_at + interval '2 minutes'"
            + " and now() + interval '2 minutes'");
    Await.until("metric", () -> service.metrics().contains("satchel_emails_waiting 1.0"));
    accounts.recover(email).statusCode(202);
    outbox.await("attempts = 1");
    assertEquals(1, outbox.count("true")); // It replaces the waiting one.
    awaitFailures("MailConnectException", 2);
    mail.reject(email::equals);
    mail.restart();
    outbox.endWait();
    awaitFailures(": 553", 1);
    mail.reject(recipient -> false);
    outbox.endWait();
    String token = mail.await(email, RECOVERY).token("/reset-password");
    accounts.reset(token, "maximum-effort-2026").statusCode(204);
    assertEquals(
        2,
        newLog()
            .filter(line -> line.contains("(PASSWORD_RECOVERY) was not sent, attempt 1: "))
            .count());
    assertThat(service.log() + replica.log(), not(containsString(email)));
  }

  @Test
  void an_email_that_is_rejected_for_an_hour_is_given_up() throws Exception {
    mail.reject(email::equals);
    accounts.signUp(email).statusCode(201);
    outbox.await("attempts = 1");
    outbox.update("update outbox set created_at = now() - interval '1 hour'");
    retryUntil("given up", () -> outbox.count("true") == 0);
    awaitFailures(", the last one: ", 1);
  }

  @Test
  void an_email_about_a_deleted_user_is_not_sent() throws Exception {
    mail.reject(email::equals);
    String session = accounts.newSession(email);
    accounts.recover(email).statusCode(202);
    int id = accounts.me(session).extract().path("id");
    assertEquals(2, outbox.count("true"));
    service.as(session).delete("/users/" + id).then().statusCode(204);
    assertEquals(0, outbox.count("true"));
    assertEquals(List.of(), mail.to(email));
  }
}
