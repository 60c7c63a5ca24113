package io.satchel.platform.clients;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Whom limits count a request for: a user with a valid token, or else a client network. */
@Singleton
public class RequestCaller {

  private static final String USER = RequestCaller.class.getName();

  /** When the caller of a request is known. */
  public static final int PRIORITY = Priorities.AUTHENTICATION + 1;

  @Inject TrustedProxies proxies;
  @Inject IdentityProviderManager identities;

  @ServerRequestFilter(preMatching = true, priority = PRIORITY)
  Uni<Response> identify(RoutingContext request) {
    return QuarkusHttpUser.getSecurityIdentity(request, identities)
        .onItemOrFailure()
        .transformToUni((identity, failure) -> {
          if (failure == null && !identity.isAnonymous()) {
            request.put(USER, "user " + identity.getPrincipal().getName());
          }
          return failure == null || failure instanceof AuthenticationFailedException
              ? Uni.createFrom().nullItem()
              : Uni.createFrom().failure(failure);
        });
  }

  /** Returns the caller of a request. A user is known from {@link #PRIORITY} on. */
  public String of(RoutingContext request) {
    String user = request.get(USER);
    return user == null ? ClientAddress.networkOf(request.request(), proxies) : user;
  }
}
