package io.satchel.platform.mail;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.quarkus.tls.BaseTlsConfiguration;
import io.satchel.Await;
import io.satchel.MailServer;
import io.satchel.platform.mail.MailSettings.StartTls;
import io.satchel.platform.mail.SmtpClient.Email;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What mail servers reply, and how they fail. OutboxIT has a mail server with TLS. */
@Execution(CONCURRENT)
class SmtpClientTest {

  /** For faults. A slow machine does not reach it. */
  private static final Duration NEVER = Duration.ofSeconds(100);

  private static final String RECIPIENT = "wade.wilson@example.com";

  private final ScriptedMailServer server = new ScriptedMailServer();

  private record Settings(
      Optional<String> from,
      String host,
      int port,
      Optional<String> username,
      Optional<String> password,
      StartTls starttls,
      boolean tls,
      Duration timeout,
      Optional<String> heloName)
      implements MailSettings {}

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private SmtpClient client(StartTls starttls, Duration timeout) {
    return client(starttls, timeout, null);
  }

  private SmtpClient client(StartTls starttls, Duration timeout, String user) {
    return new SmtpClient(
        new Settings(
            Optional.of("Sätchel <no-reply@bücher.example>"),
            "localhost",
            server.port(),
            Optional.ofNullable(user),
            Optional.ofNullable(user),
            starttls,
            false,
            timeout,
            Optional.of("satchel.example.com")),
        Optional.empty());
  }

  private static Settings settings(String host, int port, boolean tls) {
    return new Settings(
        Optional.of(MailServer.SENDER),
        host,
        port,
        Optional.of(MailServer.USER),
        Optional.of(MailServer.PASSWORD),
        StartTls.REQUIRED,
        tls,
        NEVER,
        Optional.empty());
  }

  private void send(String recipient) throws DeliveryFailure {
    send(recipient, NEVER);
  }

  private void send(String recipient, Duration timeout) throws DeliveryFailure {
    client(StartTls.OPTIONAL, timeout).send(email(recipient));
  }

  private static Email email(String recipient) {
    return new Email(recipient, "Grüße", "in plain text", "<p>in HTML</p>");
  }

  private DeliveryFailure failure(Duration timeout) {
    return assertThrows(DeliveryFailure.class, () -> send(RECIPIENT, timeout));
  }

  @Test
  void an_email_has_both_texts_and_the_headers_that_it_needs() throws Exception {
    send(RECIPIENT);
    assertEquals("EHLO satchel.example.com", server.received("EHLO"));
    assertEquals("MAIL FROM:<no-reply@xn--bcher-kva.example>", server.received("MAIL"));
    assertEquals("RCPT TO:<wade.wilson@example.com>", server.received("RCPT"));
    assertEquals("To: wade.wilson@example.com", server.received("To:"));
    assertThat(server.received("From:"), endsWith(" <no-reply@xn--bcher-kva.example>"));
    assertNotNull(server.received("Date: "));
    assertThat(server.received("Message-ID:"), endsWith("@xn--bcher-kva.example>"));
    assertEquals("Auto-Submitted: auto-generated", server.received("Auto-Submitted:"));
    assertThat(server.received("Subject:"), startsWith("Subject: =?UTF-8?"));
    assertThat(server.received("Content-Type:"), startsWith("Content-Type: multipart/alternative"));
    int text = server.received().indexOf("in plain text");
    assertTrue(text > 0 && text < server.received().indexOf("<p>in HTML</p>"));
    Await.until("QUIT", () -> server.received("QUIT") != null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"greeting", "EHLO", "RCPT", "DATA", "end of data"})
  void a_server_that_hangs_is_left_after_the_timeout(String command) {
    server.reply(command, ScriptedMailServer.HANG);
    DeliveryFailure failure = failure(Duration.ofMillis(300));
    assertEquals("no confirmation within PT0.3S", failure.getMessage());
    assertTrue(failure.isServerAway());
    assertFalse(failure.isPermanent());
    Await.until("closed connection", () -> server.closed() == 1);
  }

  /** No read takes longer than the timeout, but all of them together do. */
  @ParameterizedTest
  @CsvSource({"greeting, drip", "end of data, drip", "greeting, flood", "end of data, flood"})
  void a_reply_that_never_ends_is_left_after_the_timeout(String command, String reply) {
    server.reply(command, reply);
    assertEquals("no confirmation within PT0.3S", failure(Duration.ofMillis(300)).getMessage());
    Await.until("closed connection", () -> server.closed() == 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"greeting", "EHLO", "RCPT", "DATA", "end of data"})
  void a_server_that_hangs_up_is_away(String command) {
    server.reply(command, ScriptedMailServer.HANG_UP);
    DeliveryFailure failure = failure(NEVER);
    assertTrue(failure.isServerAway());
    assertFalse(failure.isPermanent());
  }

  @ParameterizedTest
  @ValueSource(strings = {ScriptedMailServer.HANG, ScriptedMailServer.HANG_UP, "500 what?"})
  void an_email_that_was_confirmed_is_sent_whatever_happens_afterwards(String reply)
      throws Exception {
    server.reply("QUIT", reply);
    send(RECIPIENT);
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL, 550, permanent",
    "RCPT, 550, permanent",
    "RCPT, 553, permanent",
    "RCPT, 556, permanent",
    "end of data, 554, permanent",
    "RCPT, 450, temporary",
    "RCPT, 500, temporary",
    "DATA, 451, temporary",
    "end of data, 452, temporary",
    "MAIL, 530, temporary",
    "RCPT, 421, away",
    "greeting, 421, away",
    "greeting, 554, away"
  })
  void the_reply_tells_whether_another_attempt_makes_sense(
      String command, int code, String outcome) {
    server.reply(command, code + " 5.1.1 no");
    DeliveryFailure failure = failure(NEVER);
    assertEquals(outcome.equals("permanent"), failure.isPermanent());
    assertEquals(outcome.equals("away"), failure.isServerAway());
  }

  @Test
  void a_wrong_password_is_no_reason_to_give_an_email_up() {
    server.reply("EHLO", "250-localhost\r\n250 AUTH PLAIN").reply("AUTH", "535 5.7.8 wrong");
    SmtpClient client = client(StartTls.OPTIONAL, NEVER, "satchel");
    DeliveryFailure failure =
        assertThrows(DeliveryFailure.class, () -> client.send(email(RECIPIENT)));
    assertThat(failure.getMessage(), containsString("535 5.7.8 wrong"));
    assertTrue(failure.isServerAway());
    assertFalse(failure.isPermanent());
    assertNull(server.received("MAIL"));
  }

  @Test
  void a_server_without_starttls_receives_nothing() {
    SmtpClient client = client(StartTls.REQUIRED, NEVER, "satchel");
    DeliveryFailure failure =
        assertThrows(DeliveryFailure.class, () -> client.send(email(RECIPIENT)));
    assertThat(failure.getMessage(), containsString("STARTTLS is required"));
    assertFalse(failure.isPermanent());
    assertNull(server.received("AUTH"));
    assertNull(server.received("MAIL"));
  }

  @Test
  void starttls_can_be_disabled() throws Exception {
    server.reply("EHLO", "250-localhost\r\n250 STARTTLS");
    client(StartTls.DISABLED, NEVER).send(email(RECIPIENT));
    assertNull(server.received("STARTTLS"));
    assertNotNull(server.received("RCPT"));
  }

  @Test
  void a_server_that_only_claims_to_support_starttls_receives_nothing() {
    server.reply("EHLO", "250-localhost\r\n250 STARTTLS").reply("STARTTLS", "220 go on");
    assertFalse(failure(NEVER).isPermanent());
    assertNull(server.received("MAIL"));
  }

  /** The certificate of the server is for localhost. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_server_with_another_name_receives_nothing(boolean tls) throws Exception {
    try (MailServer mail = tls ? MailServer.withTls() : new MailServer()) {
      for (String host : List.of("127.0.0.1", "localhost")) {
        SmtpClient client =
            new SmtpClient(settings(host, mail.port(), tls), Optional.of(new TrustedServer()));
        if (host.equals("localhost")) {
          client.send(email(RECIPIENT));
          assertEquals(1, mail.to(RECIPIENT).size());
        } else {
          DeliveryFailure failure =
              assertThrows(DeliveryFailure.class, () -> client.send(email(RECIPIENT)));
          assertThat(failure.getMessage(), containsString("No subject alternative names"));
          assertEquals(List.of(), mail.to(RECIPIENT));
        }
      }
    }
  }

  private static final class TrustedServer extends BaseTlsConfiguration {

    @Override
    public SSLContext createSSLContext() throws Exception {
      return MailServer.trust();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BÜCHER.example, xn--bcher-kva.example",
    "straße.example, xn--strae-oqa.example",
    "ｅｘａｍｐｌｅ.com, example.com",
  })
  void a_domain_is_sent_as_a_labels(String domain, String labels) throws Exception {
    server.reply("EHLO", "250-localhost\r\n250 SMTPUTF8");
    send("wade@" + domain);
    assertEquals("RCPT TO:<wade@%s>".formatted(labels), server.received("RCPT"));
    assertThat(server.received("MAIL"), not(containsString("SMTPUTF8")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wade@ü..example", "wade@a\u200dü.example"})
  void a_domain_without_a_labels_receives_nothing(String recipient) {
    assertTrue(assertThrows(DeliveryFailure.class, () -> send(recipient)).isPermanent());
    assertEquals(0, server.received().size());
  }

  @Test
  void a_local_part_beyond_ascii_needs_smtputf8() throws Exception {
    String recipient = "wäde@example.com";
    assertTrue(assertThrows(DeliveryFailure.class, () -> send(recipient)).isPermanent());
    assertNull(server.received("MAIL"));
    server.reply("EHLO", "250-localhost\r\n250 SMTPUTF8");
    send(recipient);
    assertThat(server.received("MAIL"), endsWith(" SMTPUTF8"));
    assertEquals("RCPT TO:<" + recipient + ">", server.received("RCPT"));
    assertEquals("To: " + recipient, server.received("To:"));
  }

  @ParameterizedTest
  @CsvSource({
    "550 5.1.1 <wade.wilson@example.com> is unknown, 550 5.1.1",
    "550 wade.wilson%40example.com, 550",
    "550 https://app.example.com/verify-email#token=secret is spam, 550",
    "wade.wilson@example.com, SMTPAddressFailedException"
  })
  void a_failure_contains_only_the_codes_of_a_reply(String reply, String end) {
    server.reply("RCPT", reply);
    String message = failure(NEVER).getMessage();
    assertThat(message, endsWith(end));
    assertThat(message, not(containsString("wade")));
    assertThat(message, not(containsString("secret")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAIL", "DATA", "end of data"})
  void a_rejection_is_permanent_although_the_server_hangs_up(String command) {
    server.reply(command, "554 no").reply("RSET", ScriptedMailServer.HANG_UP);
    assertTrue(failure(NEVER).isPermanent());
  }

  @Test
  void a_long_reply_is_shortened() {
    server.reply("EHLO", "250-localhost\r\n250 AUTH PLAIN");
    server.reply("AUTH", "535 " + "no ".repeat(1_000));
    SmtpClient client = client(StartTls.OPTIONAL, NEVER, "satchel");
    DeliveryFailure failure =
        assertThrows(DeliveryFailure.class, () -> client.send(email(RECIPIENT)));
    assertTrue(failure.getMessage().length() <= 500);
  }
}
