package io.satchel.auth;

import io.satchel.data.Sha256;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A refresh token: an id that finds its family, and 256 bits that nobody can guess, of which only
 * the hash is kept.
 */
final class RefreshToken {

  private static final int ID_BYTES = 16;
  private static final int SECRET_BYTES = 32;

  private final byte[] bytes;

  private RefreshToken(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A new token with that id. */
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

  /** The token as it was sent, if it is one. */
  static Optional<RefreshToken> parse(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return bytes.length == ID_BYTES + SECRET_BYTES
          ? Optional.of(new RefreshToken(bytes))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The same for all refresh tokens of a family. */
  UUID id() {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  /** The SHA-256 hash of what is secret. */
  byte[] hash() {
    return Sha256.of(Arrays.copyOfRange(bytes, ID_BYTES, bytes.length));
  }

  /** The token as it is sent. */
  String text() {
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
