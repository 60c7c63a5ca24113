package io.satchel.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.satchel.http.ClientAddress;
import io.satchel.http.RequestId;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * The trail of what matters to who was let in, and to do what: in the log, in the category {@code
 * audit}, a JSON object each. It names users by their ids alone.
 */
@ApplicationScoped
public class Audit {

  private static final Logger LOG = Logger.getLogger("audit");

  /** What was done, or tried. */
  public enum Action {
    LOGIN,
    REFRESH_TOKEN_REUSE,
    PASSWORD_CHANGE,
    ADMIN_GRANTED,
    ADMIN_REVOKED,
    USER_ACTIVATED,
    USER_DEACTIVATED,
    USER_DELETED
  }

  /** What came of it. */
  public enum Outcome {
    SUCCESS,
    FAILURE,
    /** It was not even tried, as it had been tried too often. */
    THROTTLED
  }

  /**
   * One thing that was done.
   *
   * @param who the id of the user who did it, null where that is not known
   * @param whom the id of the user whom it was done to, null where there is no such
   * @param from the address of the client
   */
  @RegisterForReflection
  record Entry(String event, String outcome, Long who, Long whom, String from, String requestId) {}

  @Inject Event<Entry> entries;
  @Inject ClientAddress client;
  @Inject RoutingContext request;
  @Inject ObjectMapper json;

  /** Notes what this request did; once its transaction is committed, if there is one. */
  public void note(Action action, Outcome outcome, Long who, Long whom) {
    entries.fire(
        new Entry(text(action), text(outcome), who, whom, client.text(), RequestId.of(request)));
  }

  void write(@Observes(during = TransactionPhase.AFTER_SUCCESS) Entry entry)
      throws JsonProcessingException {
    LOG.info(json.writeValueAsString(entry));
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
