package io.satchel.limits;

import io.github.bucket4j.ConsumptionProbe;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.satchel.http.ClientAddress;
import io.satchel.http.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Counts the requests of each caller: a user, or the network of a client who has no token that is
 * good. Answers tell how many are left, as the IETF's draft of RateLimit header fields has it.
 */
class RequestCounter {

  @Inject RequestBudget budget;
  @Inject ClientAddress client;
  @Inject IdentityProviderManager identities;

  /** Lets a request in that there is a budget for, before anything is done for it. */
  @ServerRequestFilter(preMatching = true)
  Uni<Response> count(RoutingContext request) {
    if (budget.allowed() == 0) {
      return Uni.createFrom().nullItem();
    }
    String network = client.network();
    return QuarkusHttpUser.getSecurityIdentity(request, identities)
        .onFailure(AuthenticationFailedException.class)
        .recoverWithNull()
        .invoke(caller -> count(nameOf(caller, network), request.response().headers()))
        .map(caller -> null);
  }

  private static String nameOf(SecurityIdentity caller, String network) {
    return caller == null || caller.isAnonymous()
        ? network
        : "user " + caller.getPrincipal().getName();
  }

  private void count(String caller, MultiMap headers) {
    ConsumptionProbe probe = budget.spend(caller);
    long window = RequestBudget.WINDOW.toSeconds();
    String reset = Problem.seconds(Duration.ofNanos(probe.getNanosToWaitForReset()));
    headers.set("RateLimit-Policy", "\"requests\";q=%d;w=%d".formatted(budget.allowed(), window));
    headers.set("RateLimit", "\"requests\";r=%d;t=%s".formatted(probe.getRemainingTokens(), reset));
    if (!probe.isConsumed()) {
      throw Problem.tooManyRequests(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }
}
