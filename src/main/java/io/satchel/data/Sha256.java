package io.satchel.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash function that every Java has to have. */
public final class Sha256 {

  private Sha256() {}

  public static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
