package io.satchel.accounts.emails;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.satchel.emails.Outbox;
import io.satchel.emails.OutboxEmail;
import io.satchel.platform.mail.DeliveryFailure;
import io.satchel.platform.persistence.BackgroundTask;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/** Counts e-mails. */
@Startup // registers the metrics
@Singleton
class OutboxMetrics {

  private final AtomicLong waiting = new AtomicLong();
  private final Counter sent;
  private final Counter failed;
  private final Counter rejected;

  @Inject
  OutboxMetrics(MeterRegistry metrics) {
    this.sent = counter("sent", metrics);
    this.failed = counter("failed", metrics);
    this.rejected = counter("rejected", metrics);
    Gauge.builder("satchel.emails.waiting", waiting, AtomicLong::get)
        .description("Waiting e-mails of all replicas")
        .register(metrics);
  }

  private static Counter counter(String outcome, MeterRegistry metrics) {
    return Counter.builder("satchel.emails")
        .description("Attempts to send an e-mail")
        .tag("outcome", outcome)
        .register(metrics);
  }

  void countSent() {
    sent.increment();
  }

  void count(DeliveryFailure failure) {
    (failure.isPermanent() ? rejected : failed).increment();
  }

  @Scheduled(every = "5s", skipExecutionIf = Outbox.NotReady.class)
  void countWaiting() {
    BackgroundTask.run(
        () -> waiting.set(QuarkusTransaction.requiringNew().call(() -> OutboxEmail.count())));
  }
}
