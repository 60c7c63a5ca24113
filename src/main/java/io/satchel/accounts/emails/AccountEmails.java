package io.satchel.accounts.emails;

import io.satchel.emails.EmailType;
import io.satchel.emails.OutboxEmail;
import io.satchel.users.User;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Decides who receives an e-mail in the outbox, and whether it is still needed. */
@Singleton
class AccountEmails {

  /** An e-mail to a user, whose text is still to be written. */
  record Draft(EmailType type, long userId, String recipient) {}

  /**
   * Returns what to send for an e-mail in the outbox, or nothing if it is no longer needed, and
   * locks its user until the transaction ends. Write it in the same transaction, and send it
   * afterwards.
   */
  Optional<Draft> compose(OutboxEmail email) {
    return findUser(email)
        .filter(user -> user.isActive)
        .flatMap(user ->
            switch (email.type) {
              // To the stored address: the database can regard different ones as equal.
              case PASSWORD_RECOVERY, EMAIL_IN_USE -> draft(email.type, user, user.email);
              case EMAIL_VERIFICATION -> verification(user, email.recipient);
              case PASSWORD_CHANGED, EMAIL_CHANGE, EMAIL_CHANGE_NOTICE, NEW_LOGIN ->
                  draft(email.type, user, email.recipient);
            });
  }

  private static Optional<User> findUser(OutboxEmail email) {
    return email.userId == null
        ? User.findLockedByEmail(email.recipient)
        : User.findLocked(email.userId);
  }

  private static Optional<Draft> verification(User user, String address) {
    boolean isPending = address.equals(user.pendingEmail);
    boolean isUnverified =
        user.pendingEmail == null && !user.isVerified && address.equals(user.email);
    if (!isPending && !isUnverified) {
      return Optional.empty();
    }
    return User.findByEmail(address)
        .filter(other -> !other.id.equals(user.id))
        .map(owner -> draft(EmailType.EMAIL_IN_USE, owner, owner.email))
        .orElseGet(() -> draft(EmailType.EMAIL_VERIFICATION, user, address));
  }

  private static Optional<Draft> draft(EmailType type, User user, String recipient) {
    return Optional.of(new Draft(type, user.id, recipient));
  }
}
