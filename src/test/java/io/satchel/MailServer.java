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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server that requires STARTTLS and a password. It keeps the e-mails that it accepts. */
public final class MailServer implements AutoCloseable {

  /** The URL that the links in e-mails start with. */
  public static final String LINK_BASE_URL = "https://app.example.com/account";

  private static final Path FOLDER = Path.of("target").toAbsolutePath();
  private static final Path CERTIFICATE = FOLDER.resolve("mail-server.pem");
  private static final String SENDER = "satchel@example.com";
  private static final String USER = "satchel";
  private static final String PASSWORD = "smtp-password-7";

  private final List<Email> emails = new CopyOnWriteArrayList<>();
  private SMTPServer server;
  private volatile boolean accepts = true;
  private volatile boolean hangs;

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

  public MailServer() {
    start(0);
  }

  private void start(int port) {
    server =
        SMTPServer.port(port)
            .bindAddress(InetAddress.getLoopbackAddress())
            .requireTLS()
            .startTlsSocketFactory(tls())
            .requireAuth()
            .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory(MailServer::logIn))
            .simpleMessageListener(new Listener())
            .build();
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
      return accepts && from.equals(SENDER);
    }

    @Override
    public void deliver(String from, String recipient, InputStream data) throws IOException {
      try {
        hang();
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
  private void hang() throws IOException, InterruptedException {
    boolean hung = hangs;
    while (hangs) {
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
                "-Dquarkus.mailer.from=Satchel <" + SENDER + ">",
                "-Dquarkus.mailer.host=localhost",
                "-Dquarkus.mailer.port=" + server.getPortAllocated(),
                "-Dquarkus.mailer.username=" + USER,
                "-Dquarkus.mailer.password=" + PASSWORD,
                "-Dquarkus.mailer.tls-configuration-name=mail",
                "-Dquarkus.tls.mail.trust-store.pem.certs=" + CERTIFICATE,
                // After an error, Vert.x sometimes waits forever for the end of the connection.
                "-Dquarkus.mailer.timeout=4S",
                "-Dsatchel.accounts.link-base-url=" + LINK_BASE_URL),
            Stream.of(more))
        .toArray(String[]::new);
  }

  /** Rejects recipients, or accepts them again. */
  public void setAccepts(boolean accepts) {
    this.accepts = accepts;
  }

  /** Confirms no e-mails. */
  public void setHangs(boolean hangs) {
    this.hangs = hangs;
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
    hangs = false;
    server.stop();
  }

  private static SSLContext tls() {
    try (InputStream file = Files.newInputStream(keyStore())) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(file, PASSWORD.toCharArray());
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
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
