package io.satchel.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Gives each request an id, which the answer carries: what X-Request-Id says, where that is one
 * word, so that it is the same along the way of a request; or one of its own.
 */
@Singleton
public class RequestId {

  private static final String HEADER = "X-Request-Id";
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** Comes before all that answers, of which Quarkus's CORS is the first, at 300. */
  static final int PRIORITY = 1_000;

  void open(@Observes Filters filters) {
    filters.register(
        context -> {
          assign(context);
          context.next();
        },
        PRIORITY);
  }

  /** Gives the request an id, if it has none yet, and the answer the same. */
  static void assign(RoutingContext context) {
    if (of(context) == null) {
      context.put(HEADER, idOf(context.request().getHeader(HEADER)));
    }
    context
        .response()
        .putHeader(HEADER, of(context)); // again after a reroute, which clears headers
  }

  /** The id of that request. */
  public static String of(RoutingContext context) {
    return context.get(HEADER);
  }

  private static String idOf(String sent) {
    return sent != null && WORD.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
  }
}
