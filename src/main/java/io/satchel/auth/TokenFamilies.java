package io.satchel.auth;

import io.satchel.Settings;
import io.satchel.auth.Audit.Action;
import io.satchel.auth.Audit.Outcome;
import io.satchel.http.ClientAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;

/** Starts families of tokens, goes on with them, and ends them. */
@ApplicationScoped
class TokenFamilies {

  @Inject Accounts accounts;
  @Inject AccessTokens accessTokens;
  @Inject Settings settings;
  @Inject ClientAddress client;
  @Inject Clock clock;
  @Inject Audit audit;

  /** Tokens for an account; none, if it has changed since it was read. */
  @Transactional
  Optional<Tokens> start(Account account) {
    if (!accounts.toLogIn(account.id()).equals(Optional.of(account))) {
      return Optional.empty();
    }
    KnownAddress.remember(account.id(), client.network(), clock.instant());
    TokenFamily family = TokenFamily.of(account.id());
    Tokens tokens = next(family, account);
    family.persist();
    audit.note(Action.LOGIN, Outcome.SUCCESS, account.id(), account.id());
    return Optional.of(tokens);
  }

  /**
   * The next tokens, for that refresh token; none, if it is not good. One that was used before ends
   * its family: somebody else may have it.
   */
  @Transactional
  Optional<Tokens> refresh(RefreshToken token) {
    TokenFamily family = TokenFamily.toUse(token).orElse(null);
    if (family == null) {
      return Optional.empty();
    }
    if (!family.isLatest(token)) {
      audit.note(Action.REFRESH_TOKEN_REUSE, Outcome.FAILURE, null, family.userId);
      TokenFamily.end(family.id);
      return Optional.empty();
    }
    if (family.isExpired(clock.instant())) {
      return Optional.empty();
    }
    return accounts.withId(family.userId).filter(Account::isActive).map(now -> next(family, now));
  }

  /** Ends the family of that token, which is of either kind; if it is a token, and has one. */
  @Transactional
  void end(String token) {
    RefreshToken.parse(token)
        .flatMap(TokenFamily::toUse)
        .map(family -> family.id)
        .or(() -> accessTokens.familyOf(token))
        .ifPresent(TokenFamily::end);
  }

  private Tokens next(TokenFamily family, Account account) {
    RefreshToken token = family.next(clock.instant().plus(settings.tokens().refreshLifetime()));
    return new Tokens(
        accessTokens.issue(account, family.id),
        "bearer",
        accessTokens.lifetime().toSeconds(),
        token.text());
  }
}
