package io.satchel.platform.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Adds the security headers of OWASP's REST Security Cheat Sheet to each response. */
@Singleton
class SecurityHeaders {

  private static final String NO_CONTENT = "default-src 'none'; frame-ancestors 'none'";

  /** Pages have one stylesheet, and some a script that calls the service. */
  private static final String PAGE =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Swagger UI needs its own files, inline styles, data images, and requests to this service. */
  private static final String SWAGGER_UI =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors"
          + " 'none'";

  private static final String HSTS_TWO_YEARS = "max-age=63072000";

  void register(@Observes Filters filters) {
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
    headers.set("Content-Security-Policy", policy(context));
    if ("https".equals(request.scheme())) {
      headers.set("Strict-Transport-Security", HSTS_TWO_YEARS);
    }
    if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
      headers.set(
          HttpHeaders.CACHE_CONTROL, isTokenEndpoint(context) ? "no-store" : "private, no-cache");
    }
  }

  private static String policy(RoutingContext context) {
    String path = context.normalizedPath();
    if (path.startsWith("/account/") || path.startsWith("/problems/")) {
      return PAGE;
    }
    return isSwaggerUi(path) ? SWAGGER_UI : NO_CONTENT;
  }

  /** Responses of OAuth's endpoints must not be stored (RFC 6749, section 5.1). */
  private static boolean isTokenEndpoint(RoutingContext context) {
    String path = context.normalizedPath();
    return path.equals("/token") || path.startsWith("/token/");
  }

  private static boolean isSwaggerUi(String path) {
    return path.equals("/docs") || path.startsWith("/docs/") || path.startsWith("/docs.");
  }
}
