package io.satchel.auth;

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
 * All tokens that come of one log-in. Each refresh token replaces the one before, and is good for
 * one use; access tokens are good for as long as their family is there. One that ends takes them
 * all with it.
 */
@Entity
@Table(name = "token_families")
public class TokenFamily extends PanacheEntityBase {

  @Id public UUID id;
  public long userId;

  /** What all of its refresh tokens begin with; unlike the id, it is in no access token. */
  public UUID refreshTokenId;

  /** The hash of the one refresh token that is still good. */
  public byte[] refreshTokenHash;

  /** When that stops to be good. */
  public Instant expiresAt;

  static TokenFamily of(long userId) {
    TokenFamily family = new TokenFamily();
    family.id = UUID.randomUUID();
    family.userId = userId;
    family.refreshTokenId = UUID.randomUUID();
    return family;
  }

  /** The family of that token, which nobody else uses until this transaction ends. */
  static Optional<TokenFamily> toUse(RefreshToken token) {
    return find("refreshTokenId", token.id())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional();
  }

  /** Ends the family with that id, if it is still there. */
  static void end(UUID id) {
    delete("id", id);
  }

  /** Ends all families of that user. */
  public static void endAllOf(long userId) {
    delete("userId", userId);
  }

  /** Whether that is the last of its refresh tokens, which has not been used. */
  boolean isLatest(RefreshToken token) {
    return MessageDigest.isEqual(refreshTokenHash, token.hash());
  }

  boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** Replaces the refresh token. */
  RefreshToken next(Instant expiry) {
    RefreshToken token = RefreshToken.generate(refreshTokenId);
    refreshTokenHash = token.hash();
    expiresAt = expiry;
    return token;
  }
}
