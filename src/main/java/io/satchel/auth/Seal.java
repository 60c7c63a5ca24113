package io.satchel.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether something is what it was before, without keeping it: an HMAC (RFC 2104) by which
 * nobody finds what was sealed by trying, not even with the database at hand, as a hash would
 * allow. Its keys are derived from those that sign, so that it needs no secret of its own; what was
 * sealed by one that is gone is not known any more.
 */
@Singleton
public class Seal {

  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] PURPOSE = "satchel seal".getBytes(UTF_8);

  private final List<byte[]> keys;

  @Inject
  Seal(SigningKeys keys) {
    this.keys =
        keys.privateKeys().stream()
            .map(PrivateKey::getEncoded)
            .map(key -> mac(key, PURPOSE))
            .toList();
  }

  /** The seal of that message, of 32 bytes. */
  public byte[] of(byte[] message) {
    return mac(keys.getFirst(), message);
  }

  /** Whether that is a seal of that message. */
  public boolean isOf(byte[] message, byte[] seal) {
    return keys.stream().anyMatch(key -> MessageDigest.isEqual(mac(key, message), seal));
  }

  private static byte[] mac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
