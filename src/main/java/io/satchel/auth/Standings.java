package io.satchel.auth;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Holds what a token says of its caller against how that user stands now. It asks the database, and
 * keeps the answer for as long as {@code quarkus.cache.caffeine."standings"} says: that is how late
 * a replica may learn that a token has been ended.
 */
@ApplicationScoped
class Standings implements SecurityIdentityAugmentor {

  @Inject Accounts accounts;

  @Inject
  @CacheName("standings")
  Cache cache;

  @Override
  public Uni<SecurityIdentity> augment(
      SecurityIdentity identity, AuthenticationRequestContext context) {
    if (identity.isAnonymous()) {
      return Uni.createFrom().item(identity);
    }
    JsonWebToken token = (JsonWebToken) identity.getPrincipal();
    UUID family = UUID.fromString(token.getClaim(AccessTokens.FAMILY));
    return cache
        .getAsync(family, this::standingOf)
        .map(standing ->
            standing
                .filter(Standing::isActive)
                .filter(user -> Long.toString(user.userId()).equals(token.getSubject()))
                .map(user -> allowed(identity, user))
                .orElseThrow(AuthenticationFailedException::new));
  }

  private Uni<Optional<Standing>> standingOf(UUID family) {
    return Uni.createFrom()
        .item(() -> accounts.standingOf(family))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  /** No more than the user may now, and no more than the token allowed when it was issued. */
  private static SecurityIdentity allowed(SecurityIdentity identity, Standing user) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(Long.toString(user.userId())))
        .addCredentials(identity.getCredentials())
        .addAttributes(identity.getAttributes())
        .addRoles(Caller.roles(user.isAdmin() && identity.hasRole(Caller.ADMIN)))
        .build();
  }
}
