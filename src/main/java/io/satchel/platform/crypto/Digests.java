package io.satchel.platform.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 and HMAC-SHA-256 (RFC 2104), which every Java platform supports. */
public final class Digests {

  private static final String HMAC = "HmacSHA256";

  private Digests() {}

  /** Returns the 32 bytes of the hash. */
  public static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the SHA-256 hash of a text in lower case, to count it without storing it. */
  public static String fingerprint(String text) {
    return HexFormat.of().formatHex(sha256(text.toLowerCase(Locale.ROOT).getBytes(UTF_8)));
  }

  /** Returns the 32 bytes of the authentication code. */
  public static byte[] hmacSha256(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
