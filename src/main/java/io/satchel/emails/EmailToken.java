package io.satchel.emails;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.satchel.platform.crypto.Digests;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A token in the link of an e-mail. Whoever has it has read the e-mail. It has 256 random bits, can
 * be used once, and only its hash is stored. A user has at most one for each purpose and address.
 */
@Entity
@Table(name = "email_tokens")
@IdClass(EmailToken.Key.class)
public class EmailToken extends PanacheEntityBase {

  private static final int BYTES = 32;

  /** What a token is for. */
  public enum Purpose {
    PASSWORD_RECOVERY("/reset-password", Duration.ofMinutes(30)),
    EMAIL_VERIFICATION("/verify-email", Duration.ofDays(1)),
    EMAIL_CHANGE_UNDO("/undo-email-change", Duration.ofDays(7));

    /** The page of the client that the link opens. */
    public final String page;

    final Duration lifetime;

    Purpose(String page, Duration lifetime) {
      this.page = page;
      this.lifetime = lifetime;
    }
  }

  record Key(long userId, Purpose purpose, String email) {}

  @Id public long userId;

  @Id
  @Enumerated(EnumType.STRING)
  public Purpose purpose;

  /** The address that received the token. */
  @Id public String email;

  public byte[] tokenHash;

  public Instant expiresAt;

  /**
   * Generates a token, and returns its text. It replaces the earlier one for this purpose; several
   * addresses can undo changes.
   */
  public static String generate(Purpose purpose, long userId, String email, Instant now) {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    if (purpose != Purpose.EMAIL_CHANGE_UNDO) {
      delete("userId = ?1 and purpose = ?2 and email <> ?3", userId, purpose, email);
    }
    getEntityManager()
        .createNativeQuery(
            """
            insert into email_tokens (user_id, purpose, token_hash, email, expires_at)
            values (:user_id, :purpose, :token_hash, :email, :expires_at)
            on conflict on constraint email_tokens_pkey do update set
              token_hash = excluded.token_hash, expires_at = excluded.expires_at
            """)
        .setParameter("user_id", userId)
        .setParameter("purpose", purpose.name())
        .setParameter("token_hash", hash(text))
        .setParameter("email", email)
        .setParameter("expires_at", now.plus(purpose.lifetime))
        .executeUpdate();
    return text;
  }

  /** Returns a token that has not expired. */
  public static Optional<EmailToken> findValid(Purpose purpose, String text, Instant now) {
    return find("tokenHash = ?1 and purpose = ?2 and expiresAt > ?3", hash(text), purpose, now)
        .firstResultOptional();
  }

  /** Returns the problem of a token that is not valid: 400. */
  public static ProblemException invalid() {
    return ProblemException.of(ProblemType.INVALID_EMAIL_TOKEN, "/token", "is not valid");
  }

  /** Returns when the lifetime of the token began. */
  public Instant createdAt() {
    return expiresAt.minus(purpose.lifetime);
  }

  /** Deletes the token, and returns whether it still existed: whether this is its only use. */
  public boolean use() {
    return delete("userId = ?1 and purpose = ?2 and tokenHash = ?3", userId, purpose, tokenHash)
        > 0;
  }

  /**
   * Deletes the user's other tokens, except those that undo earlier changes of the address: who
   * changed it again must not take them away from the owner of the first one.
   */
  public void deleteOthers() {
    delete(
        "userId = ?1 and (purpose <> ?2 or expiresAt > ?3)",
        userId,
        Purpose.EMAIL_CHANGE_UNDO,
        expiresAt);
  }

  /** Deletes all tokens of a user. */
  public static void deleteAllOf(long userId) {
    delete("userId", userId);
  }

  /** Ends the recovery of a user's password: the token, and the e-mail that waits for one. */
  public static void endPasswordRecovery(long userId, String email) {
    delete("userId = ?1 and purpose = ?2", userId, Purpose.PASSWORD_RECOVERY);
    OutboxEmail.deleteAbout(userId, EmailType.PASSWORD_RECOVERY);
    OutboxEmail.deleteTo(email);
  }

  private static byte[] hash(String text) {
    return Digests.sha256(text.getBytes(UTF_8));
  }
}
