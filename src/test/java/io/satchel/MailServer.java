package io.satchel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.satchel.ExternalPrograms.Result;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server that requires TLS and a password. It keeps the e-mails that it accepts. */
public final class MailServer implements AutoCloseable {

  /** The URL that the links in e-mails start with. */
  public static final String LINK_BASE_URL = "https://app.example.com/account";

  private static final Path FOLDER = Path.of("target").toAbsolutePath();
  private static final Path CERTIFICATE = FOLDER.resolve("mail-server.pem");
  public static final String SENDER = "satchel@example.com";
  public static final String USER = "satchel";
  public static final String PASSWORD = "smtp-password-7";

  private final List<Email> emails = new CopyOnWriteArrayList<>();
  private final AtomicInteger hanging = new AtomicInteger();
  private final boolean beginsWithTls;
  private SMTPServer server;
  private volatile Predicate<String> rejects = recipient -> false;
  private volatile Predicate<String> hangs = recipient -> false;

  /** An e-mail as its recipient sees it. */
  public record Email(String recipient, String subject, String text, String html) {

    private static final Pattern LINK =
        Pattern.compile(Pattern.quote(LINK_BASE_URL) + "(/[-a-z]+)#token=(\\S+)");

    /** Returns the token of the link, which must be the same in both bodies. */
    public String token(String page) {
      Matcher link = LINK.matcher(text);
      assertTrue(link.find(), text);
      assertEquals(page, link.group(1));
      assertTrue(html.contains("href=\"" + link.group() + "\""), html);
      return link.group(2);
    }
  }

  /** Starts a server with STARTTLS. */
  public MailServer() {
    this(false);
  }

  private MailServer(boolean beginsWithTls) {
    this.beginsWithTls = beginsWithTls;
    start(0);
  }

  /** Starts a server whose connections begin with TLS. */
  public static MailServer withTls() {
    return new MailServer(true);
  }

  private void start(int port) {
    SMTPServer.Builder builder =
        SMTPServer.port(port)
            .bindAddress(InetAddress.getLoopbackAddress())
            .requireAuth()
            .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory(MailServer::logIn))
            .simpleMessageListener(new Listener());
    if (beginsWithTls) {
      builder.serverSocketFactory(tls());
    } else {
      builder.requireTLS().startTlsSocketFactory(tls());
    }
    server = builder.build();
    server.start();
  }

  private static void logIn(String user, String password, MessageContext context)
      throws LoginFailedException {
    if (!user.equals(USER) || !password.equals(PASSWORD)) {
      throw new LoginFailedException();
    }
  }

  private final class Listener implements SimpleMessageListener {

    @Override
    public boolean accept(String from, String recipient) {
      return !rejects.test(recipient) && from.equals(SENDER);
    }

    @Override
    public void deliver(String from, String recipient, InputStream data) throws IOException {
      try {
        hang(recipient);
        MimeMessage message = new MimeMessage(null, data);
        assertEquals("auto-generated", message.getHeader("Auto-Submitted", null));
        MimeMultipart bodies = (MimeMultipart) message.getContent();
        emails.add(
            new Email(
                recipient,
                message.getSubject(),
                content(bodies.getBodyPart(0), "text/plain"),
                content(bodies.getBodyPart(1), "text/html")));
      } catch (MessagingException e) {
        throw new IOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits as long as the server hangs, then loses the e-mail. */
  private void hang(String recipient) throws IOException, InterruptedException {
    boolean hung = hangs.test(recipient);
    if (hung) {
      hanging.incrementAndGet();
    }
    while (hangs.test(recipient)) {
      Thread.sleep(50);
    }
    if (hung) {
      throw new IOException("The server hung");
    }
  }

  private static String content(BodyPart body, String type) throws MessagingException, IOException {
    assertTrue(body.isMimeType(type), body.getContentType());
    return (String) body.getContent();
  }

  /** Returns the settings of a service that sends e-mails with this server, and more settings. */
  public String[] options(String... more) {
    return Stream.concat(
            Stream.of(
                "-Dsatchel.mail.from=Satchel <" + SENDER + ">",
                "-Dsatchel.mail.host=localhost",
                "-Dsatchel.mail.port=" + server.getPortAllocated(),
                "-Dsatchel.mail.username=" + USER,
                "-Dsatchel.mail.password=" + PASSWORD,
                "-Dsatchel.mail.tls=" + beginsWithTls,
                "-Dquarkus.tls.mail.trust-store.pem.certs=" + CERTIFICATE,
                "-Dsatchel.accounts.link-base-url=" + LINK_BASE_URL),
            Stream.of(more))
        .toArray(String[]::new);
  }

  public int port() {
    return server.getPortAllocated();
  }

  /** Rejects these recipients, from now on. */
  public void reject(Predicate<String> recipients) {
    rejects = recipients;
  }

  /** Receives the e-mails to these recipients, from now on, but does not confirm them. */
  public void hang(Predicate<String> recipients) {
    hanging.set(0);
    hangs = recipients;
  }

  /** Waits until an e-mail was received that is not confirmed. */
  public void awaitHanging() {
    Await.until("a hanging e-mail", () -> hanging.get() > 0);
  }

  /** Stops the server, until {@link #restart}. */
  public void stop() {
    server.stop();
  }

  /** Starts the server on the same port. */
  public void restart() {
    start(server.getPortAllocated());
  }

  /** Returns the e-mails to a recipient. */
  public List<Email> to(String recipient) {
    return emails.stream().filter(email -> email.recipient.equals(recipient)).toList();
  }

  /** Waits for an e-mail, and removes it. */
  public Email await(String recipient, String subject) throws InterruptedException {
    Await.until(
        subject + " to " + recipient,
        () -> to(recipient).stream().anyMatch(email -> email.subject.equals(subject)));
    Email found =
        to(recipient).stream()
            .filter(email -> email.subject.equals(subject))
            .findFirst()
            .orElseThrow();
    emails.remove(found);
    return found;
  }

  @Override
  public void close() {
    hangs = recipient -> false;
    server.stop();
  }

  private static SSLContext tls() {
    try {
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys(), PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the TLS of a client that trusts the certificate of this server. */
  public static SSLContext trust() throws IOException, GeneralSecurityException {
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(keys());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static KeyStore keys() throws IOException, GeneralSecurityException {
    try (InputStream file = Files.newInputStream(keyStore())) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(file, PASSWORD.toCharArray());
      return keys;
    }
  }

  /** Returns a file with the server's key and its self-signed certificate. */
  private static synchronized Path keyStore() {
    Path file = FOLDER.resolve("mail-server.p12");
    if (!Files.exists(file)) {
      keytool(
          file,
          List.of("-genkeypair", "-keyalg", "EC", "-validity", "3650", "-storetype", "PKCS12"),
          List.of("-dname", "CN=localhost", "-ext", "san=dns:localhost"));
      keytool(file, List.of("-exportcert", "-rfc"), List.of("-file", CERTIFICATE.toString()));
    }
    return file;
  }

  private static void keytool(Path file, List<String> command, List<String> options) {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    all.addAll(command);
    all.addAll(List.of("-alias", "mail", "-keystore", file.toString(), "-storepass", PASSWORD));
    all.addAll(options);
    Result result = ExternalPrograms.run(FOLDER, Map.of(), all.toArray(String[]::new));
    assertEquals(0, result.status(), result.output());
  }
}
