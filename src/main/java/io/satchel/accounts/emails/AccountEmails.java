package io.satchel.accounts.emails;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.MailTemplate.MailTemplateInstance;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.runtime.LaunchMode;
import io.satchel.emails.EmailComposer;
import io.satchel.emails.EmailSettings;
import io.satchel.emails.EmailToken;
import io.satchel.emails.EmailToken.Purpose;
import io.satchel.emails.EmailType;
import io.satchel.emails.OutboxEmail;
import io.satchel.users.User;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Writes the e-mails. They contain no names, which anyone could choose to make an e-mail to
 * somebody else look different.
 */
@Singleton
class AccountEmails implements EmailComposer {

  private static final Logger LOG = Logger.getLogger(AccountEmails.class);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Templates in HTML and in plain text. */
  @CheckedTemplate(basePath = "emails", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
  static class Templates {

    static native MailTemplateInstance passwordRecovery(String link);

    static native MailTemplateInstance passwordChanged(String time);

    static native MailTemplateInstance emailVerification(String link);

    static native MailTemplateInstance emailChange();

    static native MailTemplateInstance emailInUse();

    static native MailTemplateInstance newLogin(String time, String address);
  }

  @Inject EmailSettings settings;
  @Inject Clock clock;

  @Override
  public Optional<Draft> compose(OutboxEmail email) {
    String time = TIME.format(email.createdAt);
    return findUser(email)
        .filter(user -> user.isActive)
        .flatMap(user ->
            switch (email.type) {
              case PASSWORD_RECOVERY -> Optional.of(passwordRecovery(user));
              case EMAIL_VERIFICATION -> emailVerification(user, email.recipient);
              case EMAIL_IN_USE -> Optional.of(emailInUse(user));
              case PASSWORD_CHANGED ->
                  notice(email, "Your password was changed", () -> Templates.passwordChanged(time));
              case EMAIL_CHANGE ->
                  notice(email, "Your e-mail address will change", Templates::emailChange);
              case NEW_LOGIN ->
                  notice(
                      email,
                      "A log-in from a new address",
                      () -> Templates.newLogin(time, email.clientAddress));
            });
  }

  private static Optional<User> findUser(OutboxEmail email) {
    return email.userId == null
        ? User.findLockedByEmail(email.recipient)
        : User.findLocked(email.userId);
  }

  /** Sends to the stored address: the database can regard different ones as equal. */
  private Draft passwordRecovery(User user) {
    return draft(
        EmailType.PASSWORD_RECOVERY,
        "Reset your password",
        user.email,
        () ->
            Templates.passwordRecovery(
                link("/reset-password", Purpose.PASSWORD_RECOVERY, user.id, user.email)));
  }

  private Optional<Draft> emailVerification(User user, String address) {
    boolean isPending = address.equals(user.pendingEmail);
    boolean isUnverified =
        user.pendingEmail == null && !user.isVerified && address.equals(user.email);
    if (!isPending && !isUnverified) {
      return Optional.empty();
    }
    Optional<User> owner = User.findByEmail(address).filter(other -> !other.id.equals(user.id));
    if (owner.isPresent()) {
      return owner.map(AccountEmails::emailInUse);
    }
    return Optional.of(
        draft(
            EmailType.EMAIL_VERIFICATION,
            "Verify your e-mail address",
            address,
            () ->
                Templates.emailVerification(
                    link("/verify-email", Purpose.EMAIL_VERIFICATION, user.id, address))));
  }

  private static Draft emailInUse(User owner) {
    return draft(
        EmailType.EMAIL_IN_USE, "You already have an account", owner.email, Templates::emailInUse);
  }

  private static Optional<Draft> notice(
      OutboxEmail email, String subject, Supplier<MailTemplateInstance> text) {
    return Optional.of(draft(email.type, subject, email.recipient, text));
  }

  /** The header prevents automatic replies (RFC 3834, section 5). */
  private static Draft draft(
      EmailType type, String subject, String recipient, Supplier<MailTemplateInstance> text) {
    return new Draft(
        type,
        recipient,
        () ->
            text.get()
                .mail(new Mail().addHeader("Auto-Submitted", "auto-generated"))
                .to(recipient)
                .subject(subject));
  }

  /** Returns a link with a new token in its fragment, which browsers send to no server. */
  private String link(String page, Purpose purpose, long userId, String recipient) {
    String token = EmailToken.generate(purpose, userId, recipient, clock.instant());
    String link = settings.linkBaseUrl().orElseThrow() + page + "#token=" + token;
    if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
      LOG.infof("The link in an e-mail to %s, which dev mode does not send: %s", recipient, link);
    }
    return link;
  }
}
