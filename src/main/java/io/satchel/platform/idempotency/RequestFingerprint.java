package io.satchel.platform.idempotency;

import io.satchel.platform.crypto.Digests;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.util.List;

/**
 * Computes a keyed fingerprint (HMAC-SHA-256, RFC 2104) of a request, so that a retry can be
 * recognised without storing a request body that may contain a password. With a plain hash, someone
 * with a copy of the database could try passwords.
 */
@Singleton
class RequestFingerprint {

  private final List<byte[]> keys;

  @Inject
  RequestFingerprint(FingerprintKeys keys) {
    this.keys = keys.keys();
  }

  /** Returns the fingerprint, of 32 bytes. */
  byte[] of(byte[] request) {
    return Digests.hmacSha256(keys.getFirst(), request);
  }

  /** Returns whether a fingerprint was computed from the request with any of the keys. */
  boolean matches(byte[] request, byte[] fingerprint) {
    return keys.stream()
        .anyMatch(key -> MessageDigest.isEqual(Digests.hmacSha256(key, request), fingerprint));
  }
}
