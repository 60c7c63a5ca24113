package io.satchel.platform.clients;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Routes what a trusted proxy forwards as the client has sent it. Quarkus's own forwarding fails
 * before any handler of ours if a header is not valid, so {@link HttpServerConfig} disables it.
 */
@Singleton
class ForwardedRequests {

  private static final String PREFIX = "X-Forwarded-Prefix";

  private static final List<String> HEADERS =
      List.of("X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", PREFIX);

  private static final String IS_FORWARDED = ForwardedRequests.class.getName();

  private final TrustedProxies proxies;
  private final boolean trustsHost;
  private final boolean trustsPrefix;

  @Inject
  ForwardedRequests(
      TrustedProxies proxies,
      @ConfigProperty(name = "quarkus.http.proxy.enable-forwarded-host", defaultValue = "false")
          boolean trustsHost,
      @ConfigProperty(name = "quarkus.http.proxy.enable-forwarded-prefix", defaultValue = "false")
          boolean trustsPrefix) {
    this.proxies = proxies;
    this.trustsHost = trustsHost;
    this.trustsPrefix = trustsPrefix;
  }

  void register(@Observes Filters filters, Router router) {
    filters.register(context -> forward(context, router), Integer.MAX_VALUE);
  }

  private void forward(RoutingContext context, Router router) {
    HttpServerRequest request = context.request();
    if (HEADERS.stream().noneMatch(request.headers()::contains) || isForwarded()) {
      context.next();
      return;
    }
    Optional<ForwardedRequest> forwarded =
        proxies.isTrusted(ClientAddress.peerOf(request))
            ? Optional.of(new ForwardedRequest(request, trustsHost, trustsPrefix))
            : Optional.empty();
    HEADERS.forEach(request.headers()::remove); // Quarkus REST trusts everybody's prefix.
    if (forwarded.isPresent()) {
      request.headers().set(PREFIX, forwarded.get().prefix());
      Vertx.currentContext().putLocal(IS_FORWARDED, true);
      router.handle(forwarded.get());
    } else {
      context.next();
    }
  }

  private static boolean isForwarded() {
    return Vertx.currentContext().getLocal(IS_FORWARDED) != null;
  }
}
