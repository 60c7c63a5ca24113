package io.satchel.platform.negotiation;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/**
 * Lets a client that accepts any JSON media type, such as {@code application/problem+json}, receive
 * {@code application/json}, as RFC 9110, section 12.4.1 permits. Some generated clients only accept
 * the media type of errors.
 */
@Singleton
class AcceptHeaderFilter {

  /** Higher than the priority of every filter that can respond. */
  private static final int PRIORITY = 1_000;

  private static final Pattern JSON =
      Pattern.compile("(?<![^\\s,])application/json(?=[\\s;,]|$)", CASE_INSENSITIVE);
  private static final Pattern JSON_SUFFIX =
      Pattern.compile("(?<![^\\s,])application/[^\\s;,/]+\\+json(?=[\\s;,]|$)", CASE_INSENSITIVE);

  void register(@Observes Filters filters) {
    filters.register(
        context -> {
          acceptJson(context.request().headers());
          context.next();
        },
        PRIORITY);
  }

  private static void acceptJson(MultiMap headers) {
    String accept = String.join(",", headers.getAll(HttpHeaders.ACCEPT));
    if (JSON_SUFFIX.matcher(accept).find() && !JSON.matcher(accept).find()) {
      headers.set(HttpHeaders.ACCEPT, JSON_SUFFIX.matcher(accept).replaceAll("application/json"));
    }
  }
}
