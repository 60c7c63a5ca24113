package io.satchel.emails;

import io.quarkus.mailer.MailTemplate.MailTemplateInstance;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes e-mails. The accounts package implements it, so that e-mails do not depend on users, which
 * depend on the outbox.
 */
public interface EmailComposer {

  /**
   * A message that is still to be written.
   *
   * @param text writes it. If it has a link, this generates its token, which replaces the earlier
   *     one.
   */
  record Draft(EmailType type, String recipient, Supplier<MailTemplateInstance> text) {}

  /**
   * Returns what an e-mail will contain, or nothing if it is no longer needed, and locks its user
   * until the transaction ends. Write it in the same transaction, and send it afterwards.
   */
  Optional<Draft> compose(OutboxEmail email);
}
