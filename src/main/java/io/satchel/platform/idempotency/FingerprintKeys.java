package io.satchel.platform.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.satchel.platform.crypto.Digests;
import java.security.Key;
import java.util.List;

/**
 * The secret keys of request fingerprints: the first computes them, and all verify them.
 *
 * @param keys at least one key of 32 bytes
 */
public record FingerprintKeys(List<byte[]> keys) {

  private static final byte[] PURPOSE = "satchel request fingerprint".getBytes(UTF_8);

  /** Derives the keys from other secrets, so that the service needs no further setting. */
  public static FingerprintKeys deriveFrom(List<? extends Key> secrets) {
    return new FingerprintKeys(
        secrets.stream().map(secret -> Digests.hmacSha256(secret.getEncoded(), PURPOSE)).toList());
  }
}
