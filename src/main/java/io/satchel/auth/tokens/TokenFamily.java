package io.satchel.auth.tokens;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * All tokens of one log-in. Each refresh token is used once and replaced by a new one. Access
 * tokens are valid as long as their family exists, so deleting it revokes all tokens of the log-in.
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

  /** When the latest refresh token expires. */
  public Instant expiresAt;

  static TokenFamily of(long userId) {
    TokenFamily family = new TokenFamily();
    family.id = UUID.randomUUID();
    family.userId = userId;
    family.refreshTokenId = UUID.randomUUID();
    return family;
  }

  /** Returns the family of a refresh token, and locks it until the transaction ends. */
  static Optional<TokenFamily> findLocked(RefreshToken token) {
    return find("refreshTokenId", token.id())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional();
  }

  /** Revokes the family with the given id, if it exists. */
  static void revoke(UUID id) {
    delete("id", id);
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
