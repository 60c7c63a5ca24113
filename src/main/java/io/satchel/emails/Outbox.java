package io.satchel.emails;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;
import io.satchel.platform.persistence.SettingsCheck;
import io.satchel.platform.problems.ProblemException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Takes e-mails that are to be sent. An e-mail is sent if the transaction that added it is
 * committed. Without a sender (QUARKUS_MAILER_FROM), the service sends no e-mails.
 */
@ApplicationScoped
public class Outbox {

  private static final Logger LOG = Logger.getLogger(Outbox.class);

  private final EmailSettings settings;
  private final Optional<String> sender;
  private final Clock clock;
  private volatile boolean hasStarted;

  @Inject
  Outbox(
      EmailSettings settings,
      @ConfigProperty(name = "quarkus.mailer.from") Optional<String> sender,
      Clock clock) {
    this.settings = settings;
    this.sender = sender;
    this.clock = clock;
  }

  /** Returns whether the service sends e-mails. */
  public boolean isEnabled() {
    return sender.isPresent();
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
      throw ProblemException.mailUnavailable();
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
    }
  }

  /** Deletes the links to verify an address that wait to be sent to a user. */
  public void cancelVerification(long userId) {
    OutboxEmail.deleteAbout(userId, EmailType.EMAIL_VERIFICATION);
  }

  /** Deletes the e-mails to an address of a user who is deleted, as far as no user is known. */
  public void forget(String address) {
    OutboxEmail.deleteTo(address);
  }

  /** Skips tasks of the outbox before the start has ended, or if the service sends no e-mails. */
  @Singleton
  static class NotReady implements Scheduled.SkipPredicate {

    @Inject Outbox outbox;

    @Override
    public boolean test(ScheduledExecution execution) {
      return !outbox.isReady();
    }
  }

  void checkSettings(@Observes SettingsCheck check) {
    if (!isEnabled() && settings.requireVerification()) {
      throw invalid("REQUIRE_VERIFICATION: is true, but QUARKUS_MAILER_FROM is missing");
    }
    if (isEnabled() && settings.linkBaseUrl().isEmpty()) {
      throw invalid("LINK_BASE_URL: is missing, but QUARKUS_MAILER_FROM is set");
    }
    if (settings.linkBaseUrl().filter(url -> !isPage(url)).isPresent()) {
      throw invalid(
          "LINK_BASE_URL: must be an absolute URL with no query, no fragment and no slash at the end");
    }
  }

  private static boolean isPage(URI url) {
    return ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
        && url.getHost() != null
        && url.getQuery() == null
        && url.getFragment() == null
        && !url.getPath().endsWith("/");
  }

  private static ConfigurationException invalid(String reason) {
    return new ConfigurationException("SATCHEL_ACCOUNTS_" + reason);
  }

  /** The schema exists now (MigrationWait). */
  void start(@Observes @Priority(4) StartupEvent start) {
    hasStarted = true;
    if (!isEnabled() && LaunchMode.current() == LaunchMode.NORMAL) {
      LOG.warn(
          "QUARKUS_MAILER_FROM is missing, so the service sends no e-mails: users cannot recover"
              + " their passwords or verify their addresses");
    }
  }
}
