package io.satchel.auth.tokens;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All tokens of one log-in, which clients know as a session. Each refresh token is used once and
 * replaced by a new one. Access tokens are valid as long as their family exists, so deleting it
 * revokes all tokens of the log-in.
 */
@Entity
@Table(name = "token_families")
public class TokenFamily extends PanacheEntityBase {

  @Id public UUID id;
  public long userId;

  /** Identifies the family in refresh tokens. Access tokens contain {@link #id} instead. */
  public UUID refreshTokenId;

  /** The hash of the latest refresh token, which is the only valid one. */
  public byte[] refreshTokenHash;

  public Instant createdAt;

  /** When the latest tokens were issued. */
  public Instant lastUsedAt;

  /** The client that received the latest tokens. */
  public String address;

  /** The beginning of its User-Agent header, or null if it sent none. */
  public String userAgent;

  /** When the latest refresh token expires. */
  public Instant expiresAt;

  static TokenFamily of(long userId, Instant now) {
    TokenFamily family = new TokenFamily();
    family.id = UUID.randomUUID();
    family.userId = userId;
    family.refreshTokenId = UUID.randomUUID();
    family.createdAt = now;
    return family;
  }

  /** Returns the family of a refresh token, and locks it until the transaction ends. */
  static Optional<TokenFamily> findLocked(RefreshToken token) {
    return find("refreshTokenId", token.id())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional();
  }

  /** Returns the families of a user that have not expired, the newest first. */
  public static List<TokenFamily> findValid(long userId, Instant now) {
    return list("userId = ?1 and expiresAt > ?2", Sort.descending("createdAt", "id"), userId, now);
  }

  /** Revokes the family with the given id, if it exists. */
  static void revoke(UUID id) {
    delete("id", id);
  }

  /** Revokes the family with the given id, and returns whether the user had it. */
  public static boolean revoke(UUID id, long userId) {
    return delete("id = ?1 and userId = ?2", id, userId) > 0;
  }

  /** Revokes all families of a user except the given one. */
  public static void revokeOthers(UUID id, long userId) {
    delete("userId = ?1 and id <> ?2", userId, id);
  }

  /** Revokes the oldest families of a user, so that the given number of valid ones remains. */
  static void revokeOldest(long userId, int remaining, Instant now) {
    getEntityManager()
        .createNativeQuery(
            """
            delete from token_families where id in (
              select id from token_families where user_id = :user_id and expires_at > :now
              order by created_at desc, id desc offset :remaining)
            """)
        .setParameter("user_id", userId)
        .setParameter("now", now)
        .setParameter("remaining", remaining)
        .executeUpdate();
  }

  /** Revokes all families of a user. */
  public static void revokeAllOf(long userId) {
    delete("userId", userId);
  }

  /** Returns whether the token is the latest refresh token of the family. */
  boolean isLatest(RefreshToken token) {
    return MessageDigest.isEqual(refreshTokenHash, token.hash());
  }

  boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** Replaces the refresh token. */
  RefreshToken rotate(Instant expiry) {
    RefreshToken token = RefreshToken.generate(refreshTokenId);
    refreshTokenHash = token.hash();
    expiresAt = expiry;
    return token;
  }
}
