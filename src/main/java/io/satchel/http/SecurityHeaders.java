package io.satchel.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Tells browsers and caches, with each answer, what not to do with it (OWASP's REST cheat sheet).
 */
@Singleton
class SecurityHeaders {

  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

  /**
   * What Swagger UI needs: its own files, the styles and images that it carries in itself, and us.
   */
  private static final String SWAGGER_UI =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors"
          + " 'none'";

  /** Two years, as browsers ask for. */
  private static final String TLS_ALONE = "max-age=63072000";

  void open(@Observes Filters filters) {
    filters.register(
        context -> {
          context.addHeadersEndHandler(end -> addTo(context));
          context.next();
        },
        RequestId.PRIORITY);
  }

  static void addTo(RoutingContext context) {
    HttpServerRequest request = context.request();
    MultiMap headers = context.response().headers();
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Content-Security-Policy", isPage(context) ? SWAGGER_UI : NOTHING);
    if ("https".equals(request.scheme())) {
      headers.set("Strict-Transport-Security", TLS_ALONE);
    }
    if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
      headers.set(
          HttpHeaders.CACHE_CONTROL, isOfTokens(context) ? "no-store" : "private, no-cache");
    }
  }

  /** What nobody is to keep on its way (RFC 6749, section 5.1). */
  private static boolean isOfTokens(RoutingContext context) {
    return context.normalizedPath().matches("/token(/.*)?");
  }

  private static boolean isPage(RoutingContext context) {
    return context.normalizedPath().matches("/docs([./].*)?"); // /docs is served from /docs.html
  }
}
