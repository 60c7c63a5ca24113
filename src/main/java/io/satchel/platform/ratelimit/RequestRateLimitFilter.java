package io.satchel.platform.ratelimit;

import io.github.bucket4j.ConsumptionProbe;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.satchel.platform.http.ClientAddress;
import io.satchel.platform.problems.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Counts the requests of each caller: a user with a valid token, or else a client network.
 * Responses contain the remaining requests (IETF draft draft-ietf-httpapi-ratelimit-headers).
 */
class RequestRateLimitFilter {

  @Inject RequestRateLimiter limiter;
  @Inject ClientAddress client;
  @Inject IdentityProviderManager identities;
  @Inject Rejections rejections;

  /** Runs before the request is matched, so that a rejected request costs as little as possible. */
  @ServerRequestFilter(preMatching = true)
  Uni<Response> filter(RoutingContext request) {
    if (limiter.limit() == 0) {
      return Uni.createFrom().nullItem();
    }
    String network = client.network();
    return QuarkusHttpUser.getSecurityIdentity(request, identities)
        .onFailure(AuthenticationFailedException.class)
        .recoverWithNull()
        .invoke(identity -> count(caller(identity, network), request.response().headers()))
        .map(identity -> null);
  }

  private static String caller(SecurityIdentity identity, String network) {
    return identity == null || identity.isAnonymous()
        ? network
        : "user " + identity.getPrincipal().getName();
  }

  private void count(String caller, MultiMap headers) {
    ConsumptionProbe probe = limiter.tryConsume(caller);
    long window = RequestRateLimiter.WINDOW.toSeconds();
    String reset = ProblemException.seconds(Duration.ofNanos(probe.getNanosToWaitForReset()));
    headers.set("RateLimit-Policy", "\"requests\";q=%d;w=%d".formatted(limiter.limit(), window));
    headers.set("RateLimit", "\"requests\";r=%d;t=%s".formatted(probe.getRemainingTokens(), reset));
    if (!probe.isConsumed()) {
      rejections.count("requests");
      throw ProblemException.tooManyRequests(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }
}
