package io.satchel.auth.tokens;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import io.satchel.auth.keys.SigningKeys;
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
 * All tokens of one log-in. Each refresh token is used once and replaced by a new one. Access
 * tokens are valid as long as their session exists, so deleting it revokes all tokens of the
 * log-in.
 */
@Entity
@Table(name = "sessions")
public class Session extends PanacheEntityBase {

  @Id public UUID id;
  public long userId;

  /** Identifies the session in refresh tokens. Access tokens contain {@link #id} instead. */
  public UUID refreshTokenId;

  /** The hash of the latest refresh token, which is the only valid one. */
  public byte[] refreshTokenHash;

  /** The hash of the refresh token before it, or null. */
  public byte[] previousTokenHash;

  public Instant createdAt;

  /** When the latest tokens were issued. */
  public Instant lastUsedAt;

  /** The client that received the latest tokens. */
  public String address;

  /** The beginning of its User-Agent header, or null if it sent none. */
  public String userAgent;

  /** When the latest refresh token expires. */
  public Instant expiresAt;

  public static Session of(long userId, Instant now) {
    Session session = new Session();
    session.id = UUID.randomUUID();
    session.userId = userId;
    session.refreshTokenId = UUID.randomUUID();
    session.createdAt = now;
    return session;
  }

  /** Returns the first refresh token, which is not stored yet. */
  public RefreshToken firstToken() {
    return RefreshToken.generate(refreshTokenId);
  }

  /** Returns the session of a refresh token, and locks it until the transaction ends. */
  public static Optional<Session> findLocked(RefreshToken token) {
    return find("refreshTokenId", token.id())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional();
  }

  /** Returns the sessions of a user that have not expired, the newest first. */
  public static List<Session> findValid(long userId, Instant now) {
    return list("userId = ?1 and expiresAt > ?2", Sort.descending("createdAt", "id"), userId, now);
  }

  /** Returns the status of the user of a session, if the session exists. */
  static Optional<SessionStatus> findStatus(UUID id) {
    return find(
            "select u.id, u.isActive, u.isAdmin, u.isVerified from User u join Session s on s.userId = u.id"
                + " where s.id = ?1",
            id)
        .project(SessionStatus.class)
        .firstResultOptional();
  }

  /** Revokes the session with the given id, if it exists. */
  public static void revoke(UUID id) {
    delete("id", id);
  }

  /** Revokes the session with the given id, and returns whether the user had it. */
  public static boolean revoke(UUID id, long userId) {
    return delete("id = ?1 and userId = ?2", id, userId) > 0;
  }

  /** Revokes all sessions of a user except the given one. */
  public static void revokeOthers(UUID id, long userId) {
    delete("userId = ?1 and id <> ?2", userId, id);
  }

  /** Revokes the oldest sessions of a user, so that the given number of valid ones remains. */
  public static void revokeOldest(long userId, int remaining, Instant now) {
    getEntityManager()
        .createNativeQuery(
            """
            delete from sessions where id in (
              select id from sessions where user_id = :user_id and expires_at > :now
              order by created_at desc, id desc offset :remaining)
            """)
        .setParameter("user_id", userId)
        .setParameter("now", now)
        .setParameter("remaining", remaining)
        .executeUpdate();
  }

  /** Revokes all sessions of a user. */
  public static void revokeAllOf(long userId) {
    delete("userId", userId);
  }

  /** Returns whether the token is the latest refresh token of the session. */
  public boolean isLatest(RefreshToken token) {
    return MessageDigest.isEqual(refreshTokenHash, token.hash());
  }

  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /**
   * Returns the latest refresh token, if the given one is its direct predecessor. A client that
   * refreshes twice at the same time receives the same token twice.
   */
  public Optional<RefreshToken> findSuccessor(RefreshToken token, SigningKeys keys) {
    return MessageDigest.isEqual(previousTokenHash, token.hash())
        ? token.successors(keys).stream().filter(this::isLatest).findFirst()
        : Optional.empty();
  }

  /** Replaces the refresh token. */
  public void rotate(RefreshToken next, Instant expiry) {
    previousTokenHash = refreshTokenHash;
    refreshTokenHash = next.hash();
    expiresAt = expiry;
  }
}
