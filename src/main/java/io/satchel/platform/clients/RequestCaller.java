package io.satchel.platform.clients;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
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

  private static final String KEY = RequestCaller.class.getName();

  /** When the caller of a request is known. */
  public static final int PRIORITY = Priorities.AUTHENTICATION + 1;

  @Inject ClientAddress client;
  @Inject IdentityProviderManager identities;

  @ServerRequestFilter(preMatching = true, priority = PRIORITY)
  Uni<Response> identify(RoutingContext request) {
    String network = client.network();
    return QuarkusHttpUser.getSecurityIdentity(request, identities)
        .onFailure(AuthenticationFailedException.class)
        .recoverWithNull()
        .invoke(identity -> request.put(KEY, name(identity, network)))
        .map(identity -> null);
  }

  private static String name(SecurityIdentity identity, String network) {
    return identity == null || identity.isAnonymous()
        ? network
        : "user " + identity.getPrincipal().getName();
  }

  /** Returns the caller of a request, or null if it is not known yet. */
  public static String of(RoutingContext request) {
    return request.get(KEY);
  }
}
