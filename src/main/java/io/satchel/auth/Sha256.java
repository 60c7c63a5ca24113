package io.satchel.auth;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash function that every Java has to have. */
final class Sha256 {

  private Sha256() {}

  static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
