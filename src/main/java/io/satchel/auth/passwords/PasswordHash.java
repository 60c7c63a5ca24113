package io.satchel.auth.passwords;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.text.Normalizer;
import java.util.Base64;

/**
 * Hashes passwords with Argon2id and the parameters of OWASP's Password Storage Cheat Sheet (ADR
 * 7). Passwords are hashed in Unicode normalization form C, so that equal-looking ones are equal.
 */
public final class PasswordHash {

  private static final int MEMORY_KIB = 19 * 1024;
  private static final int ITERATIONS = 2;
  private static final int PARALLELISM = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private static final Argon2Function ARGON2ID =
      Argon2Function.getInstance(MEMORY_KIB, ITERATIONS, PARALLELISM, HASH_BYTES, Argon2.ID);

  /** A hash that matches no password, for log-ins without a user: they must cost the same. */
  public static final String DUMMY =
      "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
          .formatted(MEMORY_KIB, ITERATIONS, PARALLELISM, zeros(SALT_BYTES), zeros(HASH_BYTES));

  /** More UTF-16 units than any composition of 128 characters has. */
  private static final int MAX_LENGTH = 1_024;

  private PasswordHash() {}

  /**
   * Requires capacity for a hash. Call it first, so that an overloaded service rejects requests
   * early.
   *
   * @throws ProblemException 503 if too many requests wait for a hash
   */
  public static void requireCapacity() {
    HashingBulkhead.requireCapacity();
  }

  /**
   * Returns the hash of a password as a PHC string, which contains its parameters.
   *
   * @throws ProblemException 503 if too many requests wait for a hash
   */
  public static String of(String password) {
    return HashingBulkhead.call(
        "hash password",
        () ->
            Password.hash(normalize(password))
                .addRandomSalt(SALT_BYTES)
                .with(ARGON2ID)
                .getResult());
  }

  /**
   * Returns whether a password has the given hash.
   *
   * @throws ProblemException 503 if too many requests wait for a hash
   */
  public static boolean matches(String password, String hash) {
    return HashingBulkhead.call(
        "hash password",
        () ->
            Password.check(normalize(password), hash)
                .with(Argon2Function.getInstanceFromHash(hash)));
  }

  /** Returns whether a hash has weaker parameters than new hashes. */
  public static boolean isOutdated(String hash) {
    Argon2Function function = Argon2Function.getInstanceFromHash(hash);
    return function.getVariant() != Argon2.ID
        || function.getMemory() < MEMORY_KIB
        || function.getIterations() < ITERATIONS
        || function.getOutputLength() < HASH_BYTES;
  }

  /**
   * Returns a password in Unicode normalization form C, or an empty string if it is too long to be
   * valid, because normalizing it could take very long.
   */
  static String normalize(String password) {
    return password.length() > MAX_LENGTH
        ? ""
        : Normalizer.normalize(password, Normalizer.Form.NFC);
  }

  private static String zeros(int bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(new byte[bytes]);
  }
}
