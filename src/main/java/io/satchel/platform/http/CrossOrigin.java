package io.satchel.platform.http;

import io.quarkus.vertx.http.runtime.cors.CORSFilter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Adds to Quarkus's CORS filter what it leaves out: a problem for an origin that is not allowed,
 * and {@code Vary: Origin} (Fetch Standard, section 3.2.5) where there is no Origin header.
 */
@Singleton
class CrossOrigin {

  private final boolean isEnabled;
  private final List<String> origins;
  private final List<Pattern> patterns;

  @Inject
  CrossOrigin(
      @ConfigProperty(name = "quarkus.http.cors.enabled", defaultValue = "false") boolean isEnabled,
      @ConfigProperty(name = "quarkus.http.cors.origins") Optional<List<String>> origins) {
    this.isEnabled = isEnabled;
    this.origins = origins.orElse(List.of());
    this.patterns = CORSFilter.parseAllowedOriginsRegex(origins);
  }

  void register(@Observes Filters filters) {
    if (isEnabled) {
      filters.register(this::handle, RequestId.PRIORITY - 2);
    }
  }

  private void handle(RoutingContext context) {
    context.addHeadersEndHandler(end -> addVary(context));
    String origin = context.request().getHeader(HttpHeaders.ORIGIN);
    if (origin == null || isAllowed(origin, context.request())) {
      context.next();
    } else {
      ProblemFailureHandler.fail(
          context, new ProblemException(ProblemType.FORBIDDEN, "The origin is not allowed"));
    }
  }

  private boolean isAllowed(String origin, HttpServerRequest request) {
    return origins.equals(List.of("*"))
        || origins.contains(origin)
        || CORSFilter.isOriginAllowedByRegex(patterns, origin)
        || origin.equals(request.scheme() + "://" + request.authority());
  }

  private static void addVary(RoutingContext context) {
    List<String> vary = context.response().headers().getAll(HttpHeaders.VARY);
    if (vary.stream().noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("origin"))) {
      context.response().headers().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    }
  }
}
