package io.satchel.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.satchel.platform.clients.ClientAddress;
import io.satchel.platform.http.RequestId;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * Logs security-relevant actions in the log category {@code audit}, each as one JSON object. Users
 * are identified by their ids only.
 */
@Startup // registers the counters
@ApplicationScoped
public class AuditLog {

  private static final Logger LOG = Logger.getLogger("audit");

  /** What a user did, or tried to do. */
  public enum Action {
    LOGIN,
    REFRESH_TOKEN_REUSE,
    PASSWORD_CHANGE,
    PASSWORD_RECOVERY,
    PASSWORD_RESET,
    EMAIL_VERIFICATION,
    EMAIL_CHANGE,
    EMAIL_CHANGE_UNDONE,
    SESSION_ENDED,
    SESSIONS_ENDED,
    DATA_EXPORTED,
    ADMIN_GRANTED,
    ADMIN_REVOKED,
    USER_ACTIVATED,
    USER_DEACTIVATED,
    USER_DELETED
  }

  /** The result of an action. */
  public enum Outcome {
    SUCCESS,
    FAILURE,
    /** The action was rejected by a rate limit. */
    THROTTLED
  }

  /** One line of the log: who did what to whom, from which client address. */
  @RegisterForReflection
  record Entry(String event, String outcome, Long who, Long whom, String from, String requestId) {}

  private final MeterRegistry metrics;

  @Inject Event<Entry> entries;
  @Inject ClientAddress client;
  @Inject RoutingContext request;
  @Inject ObjectMapper json;

  /** Registers all counters, because an alert can only notice the first event of a known one. */
  @Inject
  AuditLog(MeterRegistry metrics) {
    this.metrics = metrics;
    for (Action action : Action.values()) {
      for (Outcome outcome : Outcome.values()) {
        counter(text(action), text(outcome));
      }
    }
  }

  /**
   * Records an action of the current request. In a transaction, it is logged after the commit.
   *
   * @param actorId the id of the user who acted, or null if it is unknown
   * @param affectedUserId the id of the affected user, or null if there is no such user
   */
  public void record(Action action, Outcome outcome, Long actorId, Long affectedUserId) {
    entries.fire(
        new Entry(
            text(action),
            text(outcome),
            actorId,
            affectedUserId,
            client.text(),
            RequestId.of(request)));
  }

  void log(@Observes(during = TransactionPhase.AFTER_SUCCESS) Entry entry)
      throws JsonProcessingException {
    LOG.info(json.writeValueAsString(entry));
    counter(entry.event(), entry.outcome()).increment();
  }

  private Counter counter(String event, String outcome) {
    return Counter.builder("satchel.audit.events")
        .description("Entries of the audit log")
        .tags("event", event, "outcome", outcome)
        .register(metrics);
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
