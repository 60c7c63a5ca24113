package io.satchel.auth.tokens;

import io.satchel.auth.keys.SigningKeys;
import io.satchel.platform.crypto.Digests;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A refresh token: 128 bits that identify its session, and a secret of 256 random bits. Only the
 * hash of the secret is stored.
 */
public final class RefreshToken {

  private static final int ID_BYTES = 16;
  private static final int SECRET_BYTES = 32;

  private final byte[] bytes;

  private RefreshToken(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Generates a new token with the given id. */
  static RefreshToken generate(UUID id) {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return new RefreshToken(
        ByteBuffer.allocate(ID_BYTES + SECRET_BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .put(secret)
            .array());
  }

  /** Returns the token that replaces this one, by each signing key: only its hash is stored. */
  public List<RefreshToken> successors(SigningKeys keys) {
    return keys.macs("refresh token", bytes).stream()
        .map(secret ->
            new RefreshToken(
                ByteBuffer.allocate(bytes.length).put(bytes, 0, ID_BYTES).put(secret).array()))
        .toList();
  }

  /** Parses a token. Returns nothing if the text cannot be one. */
  public static Optional<RefreshToken> parse(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return bytes.length == ID_BYTES + SECRET_BYTES
          ? Optional.of(new RefreshToken(bytes))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the id, which all refresh tokens of a session share. */
  UUID id() {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  /** Returns the SHA-256 hash of the secret. */
  byte[] hash() {
    return Digests.sha256(Arrays.copyOfRange(bytes, ID_BYTES, bytes.length));
  }

  /** Returns the token as clients receive it. */
  public String text() {
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
