package io.satchel.auth.tokens;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.satchel.auth.Caller;
import io.satchel.emails.EmailSettings;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Checks on each request that the token has not been revoked, and that its user is still active and
 * still an admin. The status is cached for 2 seconds (the cache {@code session-status}), so that is
 * how late a replica notices a revocation (ADR 6).
 */
@ApplicationScoped
class RevocationCheck implements SecurityIdentityAugmentor {

  @Inject EmailSettings settings;

  @Inject
  @CacheName("session-status")
  Cache cache;

  @Override
  public Uni<SecurityIdentity> augment(
      SecurityIdentity identity, AuthenticationRequestContext context) {
    if (identity.isAnonymous()) {
      return Uni.createFrom().item(identity);
    }
    JsonWebToken token = (JsonWebToken) identity.getPrincipal();
    UUID session = UUID.fromString(token.getClaim(AccessTokens.SESSION));
    return cache
        .getAsync(session, this::findStatus)
        .chain(status -> isUnverified(status) ? findStatus(session) : Uni.createFrom().item(status))
        .map(status ->
            status
                .filter(SessionStatus::isActive)
                .filter(user -> Long.toString(user.userId()).equals(token.getSubject()))
                .map(user -> withCurrentRoles(identity, user, token))
                .orElseThrow(AuthenticationFailedException::new));
  }

  /** A user who has just verified the address does not have to wait for the cache. */
  private boolean isUnverified(Optional<SessionStatus> status) {
    return status.filter(this::mustVerify).isPresent();
  }

  private boolean mustVerify(SessionStatus user) {
    return settings.requireVerification() && !user.isVerified();
  }

  private Uni<Optional<SessionStatus>> findStatus(UUID session) {
    return Uni.createFrom()
        .item(() -> QuarkusTransaction.requiringNew().call(() -> Session.findStatus(session)))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  /** Returns an identity with the roles that the user has now and that the token contains. */
  private SecurityIdentity withCurrentRoles(
      SecurityIdentity identity, SessionStatus user, JsonWebToken token) {
    Optional<Long> login = token.claim(AccessTokenVerifier.AUTH_TIME);
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(Long.toString(user.userId())))
        .addCredentials(identity.getCredentials())
        .addAttributes(identity.getAttributes())
        .addAttribute(Caller.SESSION, UUID.fromString(token.getClaim(AccessTokens.SESSION)))
        .addAttribute(Caller.LOGIN_TIME, Instant.ofEpochSecond(login.orElse(0L)))
        .addRoles(Caller.roles(user.isAdmin() && identity.hasRole(Caller.ADMIN), mustVerify(user)))
        .build();
  }
}
