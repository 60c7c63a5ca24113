package io.satchel.accounts.emails;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.scheduler.Scheduled;
import io.satchel.accounts.emails.AccountEmails.Draft;
import io.satchel.auth.keys.SigningKeys;
import io.satchel.emails.Outbox;
import io.satchel.emails.Outbox.EmailAdded;
import io.satchel.emails.OutboxEmail;
import io.satchel.platform.mail.DeliveryFailure;
import io.satchel.platform.mail.SmtpClient;
import io.satchel.platform.mail.SmtpClient.Email;
import io.satchel.platform.persistence.BackgroundTask;
import io.satchel.platform.persistence.ExpiringTable;
import io.satchel.platform.ratelimit.AttemptLimit;
import io.satchel.platform.ratelimit.AttemptLimiter;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Sends the e-mails in the outbox, each at least once. No transaction and no database connection
 * waits for the mail server. A failed e-mail is tried again after 2, 4, 8 … minutes, at most an
 * hour, for a day; one that the mail server rejects, for an hour.
 */
@Singleton
class OutboxSender {

  private static final Logger LOG = Logger.getLogger(OutboxSender.class);

  /** How long rejected e-mails are kept: the mail server may reject everything by mistake. */
  private static final Duration REJECTED = Duration.ofHours(1);

  /** The e-mails of one type to one address. Others can cause them, and must not flood it. */
  private static final AttemptLimit LIMIT =
      new AttemptLimit(10, Duration.ofHours(1), Duration.ofMinutes(15));

  private final ReentrantLock sending = new ReentrantLock();

  @Inject AccountEmails emails;
  @Inject EmailWriter writer;
  @Inject SmtpClient client;
  @Inject AttemptLimiter limiter;
  @Inject OutboxMetrics metrics;
  @Inject SigningKeys keys;
  @Inject Clock clock;

  /** Sends what a request has added, so that its e-mail does not wait for the next second. */
  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) EmailAdded added) {
    Thread.startVirtualThread(this::sendDue); // It has no context of the request.
  }

  /** Sends what is due, unless it is being sent already. It ends when the mail server is away. */
  @Scheduled(every = "1s", skipExecutionIf = Outbox.NotReady.class)
  void sendDue() {
    if (sending.tryLock()) {
      try {
        BackgroundTask.run(this::sendAll);
      } finally {
        sending.unlock();
      }
    }
  }

  private void sendAll() {
    boolean goesOn = true;
    while (goesOn && !ApplicationLifecycleManager.isVmShuttingDown()) {
      Optional<OutboxEmail> due = inTransaction(() -> OutboxEmail.claim(clock.instant()));
      goesOn = due.isPresent() && process(due.get());
    }
  }

  /** Sends an e-mail, and returns whether to go on with others. */
  private boolean process(OutboxEmail email) {
    Optional<Email> message = inTransaction(() -> write(email));
    if (message.isEmpty()) {
      return true;
    }
    try {
      send(message.get());
    } catch (DeliveryFailure failure) {
      return handle(failure, email);
    }
    metrics.countSent();
    QuarkusTransaction.requiringNew().run(email::deleteSent);
    return true;
  }

  private void send(Email email) throws DeliveryFailure {
    if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
      LOG.infof(
          "Dev mode does not send this e-mail to %s: %s%n%s",
          email.recipient(), email.subject(), email.text());
    } else {
      client.send(email);
    }
  }

  /** Returns the message, unless it is no longer needed or must wait because of the limit. */
  private Optional<Email> write(OutboxEmail email) {
    Optional<Draft> draft = emails.compose(email);
    if (draft.isEmpty()) {
      email.deleteSent();
      return Optional.empty();
    }
    String recipient = keys.fingerprint(draft.get().recipient());
    Duration wait =
        email.attempts == 1
            ? limiter.count("%s to %s".formatted(draft.get().type(), recipient), LIMIT)
            : Duration.ZERO;
    if (wait.isPositive()) {
      email.deferUntil(clock.instant().plus(wait));
      return Optional.empty();
    }
    return Optional.of(writer.write(draft.get(), email));
  }

  private boolean handle(DeliveryFailure failure, OutboxEmail email) {
    metrics.count(failure);
    boolean isLast =
        failure.isPermanent() && clock.instant().isAfter(email.createdAt.plus(REJECTED));
    LOG.warnf(
        "E-mail %s (%s) was not sent, attempt %d%s: %s",
        email.id, email.type, email.attempts, isLast ? ", the last one" : "", failure.getMessage());
    if (isLast) {
      QuarkusTransaction.requiringNew().run(email::deleteSent);
    }
    return !failure.isServerAway();
  }

  private static <T> T inTransaction(Supplier<T> action) {
    return QuarkusTransaction.requiringNew().call(action::get);
  }

  @Produces
  @Singleton
  static ExpiringTable expiringTable() {
    return new ExpiringTable("outbox", "created_at", OutboxEmail.RETENTION);
  }
}
