package io.satchel.auth.tokens;

import io.satchel.auth.Account;
import io.satchel.auth.Accounts;
import io.satchel.auth.AuditLog;
import io.satchel.auth.AuditLog.Action;
import io.satchel.auth.AuditLog.Outcome;
import io.satchel.auth.login.KnownAddress;
import io.satchel.emails.EmailSettings;
import io.satchel.emails.Outbox;
import io.satchel.platform.http.ClientAddress;
import io.satchel.platform.persistence.ExpiringTable;
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

  @Inject Accounts accounts;
  @Inject AccessTokens accessTokens;
  @Inject AccessTokenVerifier verifier;
  @Inject TokenSettings settings;
  @Inject EmailSettings emails;
  @Inject Outbox outbox;
  @Inject ClientAddress client;
  @Inject HttpServerRequest request;
  @Inject Clock clock;
  @Inject AuditLog audit;

  /**
   * Issues the first tokens of a log-in, or nothing if the account was changed since it was read.
   */
  @Transactional
  Optional<TokenResponse> logIn(Account account) {
    if (!accounts.findLocked(account.id()).equals(Optional.of(account))) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (KnownAddress.recordLogin(account.id(), client.network(), now)
        && emails.reportNewAddresses()) {
      outbox.addNewLogin(account.id(), account.email(), client.text());
    }
    TokenFamily.revokeOldest(account.id(), MAX_SESSIONS - 1, now);
    TokenFamily family = TokenFamily.of(account.id(), now);
    TokenResponse tokens = issue(family, account, now);
    family.persist();
    audit.record(Action.LOGIN, Outcome.SUCCESS, account.id(), account.id());
    return Optional.of(tokens);
  }

  /**
   * Issues the next tokens, or nothing if the refresh token is not valid. The reuse of an earlier
   * refresh token revokes the family, because someone may have stolen it (RFC 9700, section
   * 4.14.2).
   */
  @Transactional
  Optional<TokenResponse> refresh(RefreshToken token) {
    TokenFamily family = TokenFamily.findLocked(token).orElse(null);
    if (family == null) {
      return Optional.empty();
    }
    if (!family.isLatest(token)) {
      audit.record(Action.REFRESH_TOKEN_REUSE, Outcome.FAILURE, null, family.userId);
      TokenFamily.revoke(family.id);
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (family.isExpired(now) || !now.isBefore(endOf(family))) {
      return Optional.empty();
    }
    return accounts
        .findById(family.userId)
        .filter(Account::isActive)
        .map(account -> issue(family, account, now));
  }

  /** Revokes the family of a refresh token or an access token, if the token is valid. */
  @Transactional
  void revoke(String token) {
    RefreshToken.parse(token)
        .flatMap(TokenFamily::findLocked)
        .map(family -> family.id)
        .or(() -> verifier.familyOf(token))
        .ifPresent(TokenFamily::revoke);
  }

  private TokenResponse issue(TokenFamily family, Account account, Instant now) {
    Instant end = endOf(family);
    Instant expiry = now.plus(settings.refreshLifetime());
    RefreshToken token = family.rotate(expiry.isBefore(end) ? expiry : end);
    family.lastUsedAt = now;
    family.address = client.text();
    family.userAgent = userAgent();
    return new TokenResponse(
        accessTokens.issue(account, family.id),
        "bearer",
        settings.accessLifetime().toSeconds(),
        token.text());
  }

  /** Returns when a session ends, even if it is used. */
  private Instant endOf(TokenFamily family) {
    return family.createdAt.plus(settings.sessionLifetime());
  }

  /** Returns the User-Agent as sent, or its first characters, or null. */
  private String userAgent() {
    String agent = request.getHeader(HttpHeaders.USER_AGENT);
    return agent == null || agent.length() <= MAX_USER_AGENT_LENGTH
        ? agent
        : agent.substring(0, MAX_USER_AGENT_LENGTH);
  }

  @Produces
  @Singleton
  static ExpiringTable expiringTable() {
    return new ExpiringTable("token_families", "expires_at", Duration.ZERO);
  }
}
