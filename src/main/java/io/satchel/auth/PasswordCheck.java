package io.satchel.auth;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.Settings;
import io.satchel.auth.Audit.Action;
import io.satchel.auth.Audit.Outcome;
import io.satchel.http.ClientAddress;
import io.satchel.http.Problem;
import io.satchel.limits.Limit;
import io.satchel.limits.Throttle;
import io.satchel.passwords.Password;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Checks passwords, at a pace that leaves nothing to guessing. Who fails too often has to wait: an
 * account everywhere, but for addresses that it has logged in from, which only have to wait once
 * they fail more often still; and an address that fails with one account after the other.
 *
 * <p>Whether to wait is looked up before the password is, and again when it is known whether it is
 * right: of many guesses made at the same moment, those that come in after the limit tell nothing.
 */
@ApplicationScoped
public class PasswordCheck {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Inject Accounts accounts;
  @Inject Throttle throttle;
  @Inject ClientAddress client;
  @Inject Settings settings;
  @Inject Audit audit;

  /**
   * Whether that is the password of the account with that login, if there is one that can log in.
   * It costs and counts the same if there is not.
   *
   * @throws Problem when it has to wait, whether it is right or not
   */
  boolean logsIn(Optional<Account> account, String login, String password) {
    boolean isKnown = isKnown(account.map(Account::id).orElse(0L));
    return passes(Attempt.toLogIn(account, login, client.network(), isKnown), password);
  }

  /**
   * Whether that is the password of the account that calls.
   *
   * @throws Problem when it has to wait, whether it is right or not
   */
  public boolean confirms(Account caller, Action action, String password) {
    boolean isKnown = isKnown(caller.id());
    return passes(Attempt.of(caller, action, client.network(), isKnown), password);
  }

  /** Hashes a password that passed anew, if its hash was made at a lower cost than now. */
  void renew(Account account, String password) {
    if (Password.isWeak(account.passwordHash())) {
      try {
        accounts.renewPasswordHash(account.id(), account.passwordHash(), Password.hash(password));
      } catch (Problem e) {
        // no core is free for it just now; the next log-in is as good
      }
    }
  }

  private boolean passes(Attempt attempt, String password) {
    refuse(attempt, waitFor(attempt));
    String hash = attempt.account().map(Account::passwordHash).orElse(Password.HASH_OF_NOBODY);
    boolean isRight =
        Password.matches(password, hash) && attempt.account().filter(Account::isActive).isPresent();
    if (isRight) {
      refuse(attempt, waitFor(attempt));
      throttle.forget(attempt.name());
      throttle.forget(attempt.nameAtAddress());
    } else {
      refuse(attempt, countFailure(attempt));
      audit.note(attempt.action(), Outcome.FAILURE, attempt.who(), attempt.whom());
    }
    return isRight;
  }

  private Duration waitFor(Attempt attempt) {
    return attempt.isKnown()
        ? throttle.waitFor(attempt.nameAtAddress())
        : longest(throttle.waitFor(attempt.name()), throttle.waitFor(attempt.nameOfAddress()));
  }

  /** How long it should have waited, by what was counted meanwhile. */
  private Duration countFailure(Attempt attempt) {
    Settings.Limits limits = settings.limits();
    Duration wait = throttle.count(attempt.name(), new Limit(limits.failedLogins(), MINUTE));
    if (attempt.isKnown()) {
      Limit limit = new Limit(limits.failedLoginsFromKnownAddress(), MINUTE);
      return longest(wait, throttle.count(attempt.nameAtAddress(), limit));
    }
    if (wait.isPositive()) { // and so it told nothing
      return wait;
    }
    Limit limit = new Limit(limits.failedLoginsFromAddress(), MINUTE);
    return throttle.count(attempt.nameOfAddress(), limit);
  }

  private void refuse(Attempt attempt, Duration wait) {
    if (wait.isPositive()) {
      audit.note(attempt.action(), Outcome.THROTTLED, attempt.who(), attempt.whom());
    }
    Throttle.refuse(wait);
  }

  private boolean isKnown(long userId) {
    return QuarkusTransaction.requiringNew()
        .call(() -> KnownAddress.isKnown(userId, client.network()));
  }

  private static Duration longest(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
