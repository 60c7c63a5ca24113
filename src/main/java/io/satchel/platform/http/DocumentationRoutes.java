package io.satchel.platform.http;

import io.satchel.platform.clients.ResponseMemory;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Serves the OpenAPI description, Swagger UI and static files, for GET and HEAD. */
@Singleton
class DocumentationRoutes {

  static final List<String> PATHS =
      List.of(
          "/openapi",
          "/openapi.json",
          "/openapi.yaml",
          "/openapi.yml",
          "/q/openapi",
          "/docs.html",
          "/docs.js",
          "/docs",
          "/docs/*",
          "/pages.css",
          "/pages.js");

  private final ProblemFailureHandler problems;
  private final ResponseMemory memory;

  @Inject
  DocumentationRoutes(ProblemFailureHandler problems, ResponseMemory memory) {
    this.problems = problems;
    this.memory = memory;
  }

  void register(@Observes Router router) {
    for (String path : PATHS) {
      router.route(path).order(-2).handler(this::checkMethod);
    }
    reroute(router, "/openapi.json/", "/openapi.json");
    reroute(router, "/q/openapi", "/openapi"); // Quarkus's default path
    reroute(router, "/docs", "/docs.html"); // Quarkus would redirect to /docs/.
  }

  private static void reroute(Router router, String path, String target) {
    router.route(path).order(-1).handler(context -> context.reroute(target));
  }

  private void checkMethod(RoutingContext context) {
    HttpMethod method = context.request().method();
    if (method.equals(HttpMethod.GET) && memory.isExceeded(context)) {
      problems.write(context, ProblemException.tooManyRequests(Duration.ofSeconds(1)));
      return;
    }
    if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
      context.next();
      return;
    }
    context.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS");
    if (method.equals(HttpMethod.OPTIONS)) {
      context.end();
    } else {
      problems.write(context, new ProblemException(ProblemType.METHOD_NOT_ALLOWED));
    }
  }
}
