package io.satchel.platform.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;

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
}
