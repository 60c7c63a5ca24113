package io.satchel.auth.attempts;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.auth.AuditLog;
import io.satchel.auth.AuditLog.Action;
import io.satchel.auth.AuditLog.Outcome;
import io.satchel.auth.keys.SigningKeys;
import io.satchel.auth.passwords.PasswordHash;
import io.satchel.platform.clients.ClientAddress;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Verifies passwords. The throttle is checked before a password is hashed and again afterwards, so
 * that concurrent attempts beyond the limit receive 429, even with the right password.
 */
@ApplicationScoped
public class PasswordVerifier {

  @Inject LoginThrottle throttle;
  @Inject ClientAddress client;
  @Inject SigningKeys keys;
  @Inject AuditLog audit;

  /**
   * Verifies the password of a log-in. Without a user it takes as long, and is counted too.
   *
   * @param login the e-mail address or username, as sent
   * @return whether the password is right and the user is active
   * @throws ProblemException 429 if the attempt must wait
   */
  public boolean verifyLogin(Optional<Credentials> user, String login, String password) {
    boolean isKnown = isKnownAddress(user.map(Credentials::userId).orElse(0L));
    return verify(
        AuthenticationAttempt.login(user, keys.fingerprint(login), client.network(), isKnown),
        password);
  }

  /**
   * Requires the current password of the caller.
   *
   * @param action what the password confirms
   * @throws ProblemException 400 if the password is wrong, 429 if the attempt must wait
   */
  public void requireCurrent(Credentials caller, Action action, String password) {
    boolean isKnown = isKnownAddress(caller.userId());
    if (!verify(
        AuthenticationAttempt.confirmation(caller, action, client.network(), isKnown), password)) {
      throw ProblemException.of(ProblemType.WRONG_PASSWORD, "/current_password", "is wrong");
    }
  }

  private boolean verify(AuthenticationAttempt attempt, String password) {
    rejectIfThrottled(attempt, throttle.waitFor(attempt));
    String hash = attempt.user().map(Credentials::passwordHash).orElse(PasswordHash.DUMMY);
    boolean isRight =
        PasswordHash.matches(password, hash)
            && attempt.user().filter(Credentials::isActive).isPresent();
    if (isRight) {
      rejectIfThrottled(attempt, throttle.waitFor(attempt));
      throttle.reset(attempt);
    } else {
      rejectIfThrottled(attempt, throttle.countFailure(attempt));
      record(attempt, Outcome.FAILURE);
    }
    return isRight;
  }

  private void rejectIfThrottled(AuthenticationAttempt attempt, Duration wait) {
    if (wait.isPositive()) {
      record(attempt, Outcome.THROTTLED);
      throw ProblemException.tooManyRequests(wait);
    }
  }

  private void record(AuthenticationAttempt attempt, Outcome outcome) {
    audit.record(attempt.action(), outcome, attempt.callerId(), attempt.userId());
  }

  private boolean isKnownAddress(long userId) {
    return QuarkusTransaction.requiringNew()
        .call(() -> KnownAddress.isKnown(userId, client.network()));
  }
}
