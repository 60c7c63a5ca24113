package io.satchel.accounts.emails;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.auth.AuditLog;
import io.satchel.auth.AuditLog.Action;
import io.satchel.auth.AuditLog.Outcome;
import io.satchel.emails.EmailToken;
import io.satchel.emails.EmailToken.Purpose;
import io.satchel.platform.problems.ProblemException;
import io.satchel.users.User;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.hibernate.exception.ConstraintViolationException;

/** Uses the tokens of links in e-mails. */
@Singleton
class LinkTokens {

  @Inject AuditLog audit;
  @Inject Clock clock;

  /**
   * Uses a token in a transaction, and records in the audit log whether that has succeeded.
   *
   * @param effect changes the user, who is locked, and returns whether the token is still valid
   * @throws ProblemException 400 if the token is not valid
   */
  void use(Purpose purpose, String text, Action action, BiPredicate<User, EmailToken> effect) {
    try {
      long userId =
          QuarkusTransaction.requiringNew()
              .call(() -> use(purpose, text, effect))
              .orElseThrow(EmailToken::invalid);
      audit.record(action, Outcome.SUCCESS, null, userId);
    } catch (ProblemException | ConstraintViolationException e) {
      audit.record(action, Outcome.FAILURE, null, null);
      throw e;
    }
  }

  /** Uses a token, and returns the id of its user, unless it is no longer valid. */
  private Optional<Long> use(Purpose purpose, String text, BiPredicate<User, EmailToken> effect) {
    Optional<EmailToken> token = EmailToken.findValid(purpose, text, clock.instant());
    return token
        .flatMap(found -> User.findLocked(found.userId))
        .filter(user -> user.isActive && token.get().use() && effect.test(user, token.get()))
        .map(user -> user.id);
  }
}
