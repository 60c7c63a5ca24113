package io.satchel.emails;

import io.quarkus.mailer.MailTemplate.MailTemplateInstance;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.satchel.emails.EmailComposer.Draft;
import io.satchel.platform.crypto.Digests;
import io.satchel.platform.persistence.BackgroundTask;
import io.satchel.platform.persistence.ExpiringTable;
import io.satchel.platform.ratelimit.AttemptLimit;
import io.satchel.platform.ratelimit.AttemptLimiter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Sends the e-mails in the outbox, each at least once. No transaction and no connection waits for
 * the mail server. A failed e-mail is tried again after 2, 4, 8 … minutes, at most an hour, for a
 * day; one that the mail server rejects, for an hour.
 */
@Singleton
class OutboxSender {

  private static final Logger LOG = Logger.getLogger(OutboxSender.class);

  /** How long rejected e-mails are kept: the mail server may reject everything by mistake. */
  private static final Duration REJECTED = Duration.ofHours(1);

  /** The e-mails of one type to one address. Others can cause them, and must not flood it. */
  private static final AttemptLimit LIMIT =
      new AttemptLimit(10, Duration.ofHours(1), Duration.ofMinutes(15));

  @Inject EmailComposer composer;
  @Inject AttemptLimiter limiter;
  @Inject OutboxMetrics metrics;
  @Inject Clock clock;

  /** How long the mail server may take for one e-mail. */
  @ConfigProperty(name = "quarkus.mailer.timeout")
  Duration timeout;

  /** Sends what is due. It ends when the mail server is away. */
  @Scheduled(
      every = "1s",
      concurrentExecution = ConcurrentExecution.SKIP,
      skipExecutionIf = Outbox.NotReady.class)
  void sendDue() {
    BackgroundTask.run(() -> {
      boolean goesOn = true;
      while (goesOn && !ApplicationLifecycleManager.isVmShuttingDown()) {
        Optional<OutboxEmail> due = inTransaction(() -> OutboxEmail.claim(clock.instant()));
        goesOn = due.isPresent() && process(due.get());
      }
    });
  }

  /** Sends an e-mail, and returns whether to go on with others. */
  private boolean process(OutboxEmail email) {
    Optional<MailTemplateInstance> message = inTransaction(() -> write(email));
    if (message.isEmpty()) {
      return true;
    }
    try {
      message.get().send().await().atMost(timeout);
    } catch (RuntimeException e) {
      return handle(new DeliveryFailure(e), email);
    }
    metrics.countSent();
    QuarkusTransaction.requiringNew().run(email::deleteSent);
    return true;
  }

  /** Returns the message, unless it is no longer needed or must wait because of the limit. */
  private Optional<MailTemplateInstance> write(OutboxEmail email) {
    Optional<Draft> draft = composer.compose(email);
    if (draft.isEmpty()) {
      email.deleteSent();
      return Optional.empty();
    }
    String recipient = Digests.fingerprint(draft.get().recipient());
    Duration wait =
        email.attempts == 1
            ? limiter.count("%s to %s".formatted(draft.get().type(), recipient), LIMIT)
            : Duration.ZERO;
    if (wait.isPositive()) {
      email.deferUntil(clock.instant().plus(wait));
      return Optional.empty();
    }
    return Optional.of(draft.get().text().get());
  }

  private boolean handle(DeliveryFailure failure, OutboxEmail email) {
    metrics.count(failure);
    boolean isLast =
        failure.isRejection() && clock.instant().isAfter(email.createdAt.plus(REJECTED));
    LOG.warnf(
        "E-mail %s (%s) was not sent, attempt %d%s: %s",
        email.id, email.type, email.attempts, isLast ? ", the last one" : "", failure.reason());
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

  @Produces
  @Singleton
  static ExpiringTable expiringTokens() {
    return new ExpiringTable("email_tokens", "expires_at", Duration.ZERO);
  }
}
