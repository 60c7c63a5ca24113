package io.satchel.login;

import io.satchel.auth.AuditLog;
import io.satchel.auth.AuditLog.Action;
import io.satchel.auth.AuditLog.Outcome;
import io.satchel.auth.attempts.KnownAddress;
import io.satchel.auth.keys.SigningKeys;
import io.satchel.auth.tokens.AccessTokenVerifier;
import io.satchel.auth.tokens.AccessTokens;
import io.satchel.auth.tokens.RefreshToken;
import io.satchel.auth.tokens.Session;
import io.satchel.auth.tokens.TokenSettings;
import io.satchel.emails.EmailSettings;
import io.satchel.emails.Outbox;
import io.satchel.platform.clients.ClientAddress;
import io.satchel.platform.persistence.ExpiringTable;
import io.satchel.users.User;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Issues tokens for log-ins and refresh tokens, and revokes them. */
@ApplicationScoped
class TokenService {

  /** The sessions of a user. A further log-in ends the oldest. */
  private static final int MAX_SESSIONS = 50;

  private static final int MAX_USER_AGENT_LENGTH = 300;

  @Inject AccessTokens accessTokens;
  @Inject SigningKeys keys;
  @Inject AccessTokenVerifier verifier;
  @Inject TokenSettings settings;
  @Inject EmailSettings emails;
  @Inject Outbox outbox;
  @Inject ClientAddress client;
  @Inject HttpServerRequest request;
  @Inject Clock clock;
  @Inject AuditLog audit;

  /** Issues the first tokens of a log-in, or nothing if the user was changed since it was read. */
  @Transactional
  Optional<TokenResponse> logIn(User verified) {
    User user = User.findLocked(verified.id).orElse(null);
    if (user == null || user.version != verified.version) {
      return Optional.empty();
    }
    if (!emails.requireVerification()) {
      user.verifyBy = null; // The user may use the account without verification.
    }
    Instant now = clock.instant();
    if (KnownAddress.recordLogin(user.id, client.network(), now) && emails.reportNewAddresses()) {
      outbox.addNewLogin(user.id, user.email, client.text());
    }
    Session.revokeOldest(user.id, MAX_SESSIONS - 1, now);
    Session session = Session.of(user.id, now);
    TokenResponse tokens = issue(session, user, session.firstToken(), now);
    session.persist();
    audit.record(Action.LOGIN, Outcome.SUCCESS, user.id, user.id);
    return Optional.of(tokens);
  }

  /**
   * Issues the next tokens, or nothing if the refresh token is not valid. The reuse of an earlier
   * refresh token revokes the session, because someone may have stolen it (RFC 9700, section
   * 4.14.2), unless it is the last but one, and was replaced a moment ago.
   */
  @Transactional
  Optional<TokenResponse> refresh(RefreshToken token) {
    Session session = Session.findLocked(token).orElse(null);
    if (session == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Optional<RefreshToken> next =
        session.isLatest(token)
            ? Optional.of(token.successors(keys).getFirst())
            : findSuccessor(session, token, now);
    if (next.isEmpty()) {
      audit.record(Action.REFRESH_TOKEN_REUSE, Outcome.FAILURE, null, session.userId);
      Session.revoke(session.id);
      return Optional.empty();
    }
    if (session.isExpired(now) || !now.isBefore(endOf(session))) {
      return Optional.empty();
    }
    return User.<User>findByIdOptional(session.userId)
        .filter(user -> user.isActive)
        .map(user -> issue(session, user, next.get(), now));
  }

  private Optional<RefreshToken> findSuccessor(Session session, RefreshToken token, Instant now) {
    return now.isBefore(session.lastUsedAt.plus(settings.refreshGracePeriod()))
        ? session.findSuccessor(token, keys)
        : Optional.empty();
  }

  /** Revokes the session of a refresh token or an access token, if the token is valid. */
  @Transactional
  void revoke(String token) {
    RefreshToken.parse(token)
        .flatMap(Session::findLocked)
        .map(session -> session.id)
        .or(() -> verifier.sessionOf(token))
        .ifPresent(Session::revoke);
  }

  private TokenResponse issue(Session session, User user, RefreshToken token, Instant now) {
    if (!session.isLatest(token)) { // Otherwise it is sent a second time.
      Instant end = endOf(session);
      Instant expiry = now.plus(settings.refreshLifetime());
      session.rotate(token, expiry.isBefore(end) ? expiry : end);
      session.lastUsedAt = now;
      session.address = client.text();
      session.userAgent = userAgent();
    }
    return new TokenResponse(
        accessTokens.issue(user.id, user.isAdmin, user.isVerified, session),
        "bearer",
        settings.accessLifetime().toSeconds(),
        token.text());
  }

  /** Returns when a session ends, even if it is used. */
  private Instant endOf(Session session) {
    return session.createdAt.plus(settings.sessionLifetime());
  }

  /** Returns the first characters of the User-Agent, or null. PostgreSQL cannot store U+0000. */
  private String userAgent() {
    String agent = request.getHeader(HttpHeaders.USER_AGENT);
    if (agent == null) {
      return null;
    }
    String text = agent.replaceAll("\\p{Cntrl}", "");
    return text.substring(0, Math.min(text.length(), MAX_USER_AGENT_LENGTH));
  }

  @Produces
  @Singleton
  static ExpiringTable expiringTable() {
    return new ExpiringTable("sessions", "expires_at", Duration.ZERO);
  }
}
