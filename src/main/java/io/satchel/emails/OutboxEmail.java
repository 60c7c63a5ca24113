package io.satchel.emails;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.satchel.platform.text.LoginKey;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Timeouts;
import org.hibernate.jpa.SpecHints;

/**
 * An e-mail that waits to be sent. Whoever sends it first postpones the next attempt, so that
 * others leave it alone; if the process dies, another one sends it then.
 */
@Entity
@Table(name = "outbox")
public class OutboxEmail extends PanacheEntityBase {

  /**
   * Longer than {@link io.satchel.platform.mail.MailSettings#timeout}, so that two processes do not
   * send an e-mail.
   */
  public static final Duration FIRST_WAIT = Duration.ofMinutes(2);

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  /** How long the service tries to send an e-mail. */
  public static final Duration RETENTION = Duration.ofDays(1);

  @Id public UUID id;

  @Enumerated(EnumType.STRING)
  public EmailType type;

  /** The user whom it is about, or null if the owner of the recipient's address is unknown. */
  public Long userId;

  public String recipient;

  /** The same for each spelling of the recipient. */
  public String recipientKey;

  /** Where a log-in came from, or null. */
  public String clientAddress;

  public Instant createdAt;
  public int attempts;
  public Instant nextAttemptAt;

  /**
   * Adds an e-mail, or replaces the same one that waits already. The new one has another id, so
   * that it stays if the old one is being sent at the moment.
   */
  static void add(
      EmailType type, Long userId, String recipient, String clientAddress, Instant now) {
    Panache.getSession()
        .createNativeMutationQuery(
            """
            insert into outbox (id, type, user_id, recipient, recipient_key, client_address,
              created_at, attempts, next_attempt_at)
            values (gen_random_uuid(), :type, :user_id, :recipient, :recipient_key,
              :client_address, :now, 0, :now)
            on conflict (type, (coalesce(user_id, 0)), recipient_key,
              (coalesce(client_address, '')))
            do update set id = excluded.id, recipient = excluded.recipient,
              created_at = excluded.created_at, attempts = 0,
              next_attempt_at = excluded.next_attempt_at
            """)
        .setParameter("type", type.name())
        .setParameter("user_id", userId, Long.class)
        .setParameter("recipient", recipient)
        .setParameter("recipient_key", LoginKey.of(recipient))
        .setParameter("client_address", clientAddress, String.class)
        .setParameter("now", now)
        .executeUpdate();
  }

  /** Returns the next e-mail that is due, if there is one, and postpones its next attempt. */
  public static Optional<OutboxEmail> claim(Instant now) {
    Optional<OutboxEmail> due =
        OutboxEmail.<OutboxEmail>find("nextAttemptAt <= ?1 order by nextAttemptAt", now)
            .withLock(LockModeType.PESSIMISTIC_WRITE)
            .withHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, Timeouts.SKIP_LOCKED_MILLI)
            .firstResultOptional();
    due.ifPresent(email -> email.postpone(now));
    return due;
  }

  private void postpone(Instant now) {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempts, 6));
    attempts++;
    nextAttemptAt = now.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
  }

  /** Deletes the e-mails of one type about a user. */
  static void deleteAbout(long userId, EmailType type) {
    delete("userId = ?1 and type = ?2", userId, type);
  }

  /** Deletes the e-mails to an address for which no user is known. */
  static void deleteTo(String recipient) {
    delete("userId is null and recipientKey = ?1", LoginKey.of(recipient));
  }

  /** Deletes the e-mail, unless it was replaced. */
  public void deleteSent() {
    delete("id", id);
  }

  /** Sends the e-mail later. It was not tried. */
  public void deferUntil(Instant time) {
    update("nextAttemptAt = ?1, attempts = 0 where id = ?2", time, id);
  }
}
