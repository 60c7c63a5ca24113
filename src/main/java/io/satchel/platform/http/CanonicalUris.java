package io.satchel.platform.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/**
 * Gives each resource one path: a path with matrix parameters, escapes, or dots and slashes that
 * normalisation removes is not found, because not all rules would apply to it. In a query, only
 * {@code &} separates parameters, as in forms (URL Standard, section 5.1); Vert.x also splits at
 * semicolons.
 */
@Singleton
class CanonicalUris {

  private static final Pattern NEEDLESS = Pattern.compile("[;%\\\\]|//|/\\.\\.?(/|$)");

  private static final int MAX_PARAMETERS = 1_000;

  /** After Quarkus's CORS filter (300), so that pages of other origins can read a rejection. */
  private static final int PRIORITY = 200;

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext context) {
    if (NEEDLESS.matcher(context.request().path()).find()) {
      ProblemFailureHandler.fail(context, new ProblemException(ProblemType.NOT_FOUND));
      return;
    }
    try {
      readQuery(context, context.request().query());
    } catch (HttpException e) { // It has a % without two hexadecimal digits.
      ProblemFailureHandler.fail(context, new ProblemException(ProblemType.BAD_REQUEST));
      return;
    }
    context.next();
  }

  private static void readQuery(RoutingContext context, String query) {
    if (query == null || !(query.contains(";") || query.contains("%"))) {
      return;
    }
    MultiMap parameters = context.queryParams();
    if (query.contains(";")) {
      parameters.clear();
      new QueryStringDecoder(query, UTF_8, false, MAX_PARAMETERS, true)
          .parameters()
          .forEach(parameters::add);
    }
  }
}
