package io.satchel.emails;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;
import io.satchel.platform.mail.MailSettings;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Takes e-mails that are to be sent. An e-mail is sent if the transaction that added it is
 * committed. Without a sender (SATCHEL_MAIL_FROM), the service sends no e-mails.
 */
@ApplicationScoped
public class Outbox {

  private static final Logger LOG = Logger.getLogger(Outbox.class);

  /** An event: the transaction has added an e-mail. */
  public record EmailAdded() {}

  @Inject MailSettings settings;
  @Inject Clock clock;
  @Inject Event<EmailAdded> added;

  private volatile boolean hasStarted;

  /** Returns whether the service sends e-mails. */
  public boolean isEnabled() {
    return settings.from().isPresent();
  }

  boolean isReady() {
    return isEnabled() && hasStarted;
  }

  /**
   * Requires that the service sends e-mails.
   *
   * @throws ProblemException 503 if it does not
   */
  public void requireEnabled() {
    if (!isEnabled()) {
      throw new ProblemException(ProblemType.MAIL_UNAVAILABLE);
    }
  }

  /**
   * Adds an e-mail.
   *
   * @param userId the user whom it is about, or null if the owner of the address is unknown
   */
  public void add(EmailType type, Long userId, String recipient) {
    add(type, userId, recipient, null);
  }

  /** Adds an e-mail to a user about a log-in from the client's address. */
  public void addNewLogin(long userId, String recipient, String clientAddress) {
    add(EmailType.NEW_LOGIN, userId, recipient, clientAddress);
  }

  private void add(EmailType type, Long userId, String recipient, String clientAddress) {
    if (isEnabled()) {
      OutboxEmail.add(type, userId, recipient, clientAddress, clock.instant());
      added.fire(new EmailAdded());
    }
  }

  /** Deletes the links to verify an address that wait to be sent to a user. */
  public void cancelVerification(long userId) {
    OutboxEmail.deleteAbout(userId, EmailType.EMAIL_VERIFICATION);
  }

  /**
   * Deletes what waits to be sent about a user, except the warnings about changes of the address
   * until the given time.
   */
  public void cancelAll(long userId, Instant keptUntil) {
    OutboxEmail.delete(
        "userId = ?1 and (type <> ?2 or createdAt > ?3)",
        userId,
        EmailType.EMAIL_CHANGE,
        keptUntil);
  }

  /** Deletes the e-mails to an address of a user who is deleted, as far as no user is known. */
  public void forget(String address) {
    OutboxEmail.deleteTo(address);
  }

  /** Skips tasks of the outbox before the start has ended, or if the service sends no e-mails. */
  @Singleton
  public static class NotReady implements Scheduled.SkipPredicate {

    @Inject Outbox outbox;

    @Override
    public boolean test(ScheduledExecution execution) {
      return !outbox.isReady();
    }
  }

  /** The schema exists now (MigrationWait). */
  void start(@Observes @Priority(4) StartupEvent start) {
    hasStarted = true;
    if (!isEnabled() && LaunchMode.current() == LaunchMode.NORMAL) {
      LOG.warn(
          "SATCHEL_MAIL_FROM is missing, so the service sends no e-mails: users cannot recover"
              + " their passwords or verify their addresses");
    }
  }
}
