package io.satchel.platform.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * Gives each request an id, which its response and its lines of the log contain: the X-Request-Id
 * header of the request if it is valid, or else a new one. So a request can be traced across
 * services.
 */
@Singleton
public class RequestId {

  private static final String HEADER = "X-Request-Id";
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** Higher than every filter that can respond; Quarkus's CORS filter is the first (300). */
  static final int PRIORITY = 1_000;

  void register(@Observes Filters filters) {
    filters.register(
        context -> {
          assign(context);
          context.next();
        },
        PRIORITY);
  }

  /** Assigns an id to the request, unless it has one, and adds it to the response. */
  static void assign(RoutingContext context) {
    if (of(context) == null) {
      context.put(HEADER, validOrNew(context.request().getHeader(HEADER)));
      MDC.put("requestId", of(context));
    }
    context.response().putHeader(HEADER, of(context)); // A reroute clears the headers.
  }

  /** Returns the id of a request. */
  public static String of(RoutingContext context) {
    return context.get(HEADER);
  }

  private static String validOrNew(String id) {
    return id != null && VALID.matcher(id).matches() ? id : UUID.randomUUID().toString();
  }
}
