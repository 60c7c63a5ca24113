package io.satchel.platform.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.satchel.platform.mail.MailSettings.StartTls;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;

/** Transmits e-mails to the mail server (RFC 5321), each over a connection of its own. */
@Singleton
@RegisterForReflection(
    classNames = {
      "org.eclipse.angus.activation.MailcapRegistryProviderImpl",
      "org.eclipse.angus.activation.MimeTypeRegistryProviderImpl",
      "org.eclipse.angus.mail.util.MailStreamProvider"
    })
public class SmtpClient {

  /** An e-mail with the same text in two formats, of which the recipient sees one. */
  public record Email(String recipient, String subject, String text, String html) {}

  private final MailSettings settings;
  private final Optional<TlsConfiguration> tls;

  @Inject
  SmtpClient(MailSettings settings, TlsConfigurationRegistry configurations) {
    this(settings, configurations.get("mail"));
  }

  SmtpClient(MailSettings settings, Optional<TlsConfiguration> tls) {
    this.settings = settings;
    this.tls = tls;
  }

  /**
   * Sends an e-mail. The timeout bounds all of it: at its end, the interruption of the thread
   * closes the channel that it reads or writes (see {@link
   * java.nio.channels.InterruptibleChannel}).
   *
   * @throws DeliveryFailure if the mail server has not confirmed that it accepts the e-mail
   */
  public void send(Email email) throws DeliveryFailure {
    FutureTask<Boolean> transmission = new FutureTask<>(() -> transmit(email));
    Thread.ofPlatform().daemon().name("smtp").start(transmission);
    try {
      transmission.get(settings.timeout().toMillis(), MILLISECONDS);
    } catch (TimeoutException e) {
      throw new DeliveryFailure("no confirmation within " + settings.timeout(), 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeliveryFailure("interrupted", 0);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof DeliveryFailure failure
          ? failure
          : new DeliveryFailure(e.getCause().toString(), 0);
    } finally {
      transmission.cancel(true);
    }
  }

  private boolean transmit(Email email) throws Exception {
    InternetAddress sender = SmtpAddress.ofSender(settings.from().orElseThrow());
    InternetAddress recipient = SmtpAddress.of(email.recipient());
    boolean needsUtf8 = SmtpAddress.needsUtf8(recipient);
    Session session = Session.getInstance(properties(sender, needsUtf8));
    SmtpConnection connection = new SmtpConnection(session);
    try {
      connection.open(settings);
      if (needsUtf8 && !connection.supportsExtension("SMTPUTF8")) {
        throw DeliveryFailure.permanent("the mail server does not support SMTPUTF8");
      }
      connection.sendMessage(message(email, sender, recipient, session), new Address[] {recipient});
    } catch (MessagingException e) {
      throw new DeliveryFailure(e, connection.rejection());
    } finally {
      connection.quit();
    }
    return true;
  }

  private Properties properties(InternetAddress sender, boolean needsUtf8) throws Exception {
    boolean usesStartTls = !settings.tls() && settings.starttls() != StartTls.DISABLED;
    Properties properties = new Properties();
    properties.put("mail.smtp.ssl.enable", settings.tls());
    properties.put("mail.smtp.starttls.enable", usesStartTls);
    properties.put(
        "mail.smtp.starttls.required", usesStartTls && settings.starttls() == StartTls.REQUIRED);
    properties.put("mail.smtp.ssl.checkserveridentity", true);
    properties.put("mail.smtp.usesocketchannels", true);
    properties.put("mail.smtp.quitwait", false);
    properties.put("mail.mime.allowutf8", needsUtf8);
    properties.put("mail.from", sender.getAddress()); // Its domain is that of the Message-ID.
    settings.heloName().ifPresent(name -> properties.put("mail.smtp.localhost", name));
    if (tls.isPresent()) {
      properties.put(
          "mail.smtp.ssl.socketFactory", tls.get().createSSLContext().getSocketFactory());
      properties.put("mail.smtp.socketFactory.fallback", false);
    }
    return properties;
  }

  /** The header prevents automatic replies (RFC 3834, section 5). */
  private static MimeMessage message(
      Email email, InternetAddress sender, InternetAddress recipient, Session session)
      throws MessagingException {
    MimeMessage message = new MimeMessage(session);
    message.setFrom(sender);
    message.setRecipient(RecipientType.TO, recipient);
    message.setSubject(email.subject(), UTF_8.name());
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setContent(
        new MimeMultipart("alternative", body(email.text(), "plain"), body(email.html(), "html")));
    return message;
  }

  private static MimeBodyPart body(String text, String subtype) throws MessagingException {
    MimeBodyPart body = new MimeBodyPart();
    body.setText(text, UTF_8.name(), subtype);
    return body;
  }
}
