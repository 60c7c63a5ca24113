package io.satchel.platform.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;

/** SHA-256, which every Java platform supports. */
public final class Digests {

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
}
