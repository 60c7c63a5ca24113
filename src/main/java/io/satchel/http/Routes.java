package io.satchel.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** Serves the description and its page at the paths that are promised for them, and for reading. */
@Singleton
class Routes {

  static final List<String> FOR_READING =
      List.of(
          "/openapi",
          "/openapi.json",
          "/openapi.yaml",
          "/openapi.yml",
          "/q/openapi",
          "/docs.html",
          "/docs.js",
          "/docs",
          "/docs/*");

  private final Gate gate;

  @Inject
  Routes(Gate gate) {
    this.gate = gate;
  }

  void add(@Observes Router router) {
    for (String path : FOR_READING) {
      router.route(path).order(-2).handler(this::checkMethod);
    }
    serve(router, "/openapi.json/", "/openapi.json");
    // where those who know Quarkus look for the description
    serve(router, "/q/openapi", "/openapi");
    // where Quarkus would redirect to the path with a slash
    serve(router, "/docs", "/docs.html");
  }

  private static void serve(Router router, String path, String from) {
    router.route(path).order(-1).handler(context -> context.reroute(from));
  }

  private void checkMethod(RoutingContext context) {
    HttpMethod method = context.request().method();
    if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
      context.next();
      return;
    }
    context.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS");
    if (method.equals(HttpMethod.OPTIONS)) {
      context.end();
    } else {
      gate.refuse(context, new Problem(ProblemType.METHOD_NOT_ALLOWED));
    }
  }
}
