package io.satchel.emails;

import java.util.Optional;

/**
 * Decides what an e-mail will be. The accounts package implements it, so that e-mails do not depend
 * on users, which depend on the outbox.
 */
public interface EmailComposer {

  /** An e-mail to a user, whose text is still to be written. */
  record Draft(EmailType type, long userId, String recipient) {}

  /**
   * Returns what to send for an e-mail in the outbox, or nothing if it is no longer needed, and
   * locks its user until the transaction ends. Write it in the same transaction, and send it
   * afterwards.
   */
  Optional<Draft> compose(OutboxEmail email);
}
