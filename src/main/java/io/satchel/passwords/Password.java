package io.satchel.passwords;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.satchel.http.Problem;
import java.text.Normalizer;
import java.util.Base64;

/**
 * Hashes passwords with Argon2id, at the cost that OWASP's Password Storage Cheat Sheet sets. What
 * looks the same is the same password: it is hashed in Unicode's normal form C.
 */
public final class Password {

  private static final int MEMORY_KIB = 19 * 1024;
  private static final int ITERATIONS = 2;
  private static final int PARALLELISM = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private static final Argon2Function ARGON2ID =
      Argon2Function.getInstance(MEMORY_KIB, ITERATIONS, PARALLELISM, HASH_BYTES, Argon2.ID);

  /** A hash that no password has, to check one of nobody at the usual cost. */
  public static final String HASH_OF_NOBODY =
      "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
          .formatted(MEMORY_KIB, ITERATIONS, PARALLELISM, zeros(SALT_BYTES), zeros(HASH_BYTES));

  /** Characters of UTF-16 that 128 of Unicode, however they are composed, have at most. */
  private static final int MAX_LENGTH = 1_024;

  private Password() {}

  /**
   * To be asked before anything else is done that leads to a hash, and would be in vain.
   *
   * @throws Problem when so many others wait for theirs that it would take seconds
   */
  public static void requireRoom() {
    Cores.requireRoom();
  }

  /**
   * The hash of a password as a PHC string. That says how it was made, so that the cost can be
   * raised and old hashes still verify.
   *
   * @throws Problem when so many others wait for theirs that it would take seconds
   */
  public static String hash(String password) {
    return Cores.use(() ->
        com.password4j.Password.hash(normalized(password))
            .addRandomSalt(SALT_BYTES)
            .with(ARGON2ID)
            .getResult());
  }

  /**
   * Whether that is the password with this hash.
   *
   * @throws Problem when so many others wait for theirs that it would take seconds
   */
  public static boolean matches(String password, String hash) {
    return Cores.use(() ->
        com.password4j.Password.check(normalized(password), hash)
            .with(Argon2Function.getInstanceFromHash(hash)));
  }

  /** Whether a hash was made at a lower cost than hashes are now. */
  public static boolean isWeak(String hash) {
    Argon2Function made = Argon2Function.getInstanceFromHash(hash);
    return made.getVariant() != Argon2.ID
        || made.getMemory() < MEMORY_KIB
        || made.getIterations() < ITERATIONS
        || made.getOutputLength() < HASH_BYTES;
  }

  /**
   * The password as it counts, in Unicode's normal form C; nothing of what is too long to be one,
   * as that could take very long.
   */
  public static String normalized(String password) {
    return password.length() > MAX_LENGTH
        ? ""
        : Normalizer.normalize(password, Normalizer.Form.NFC);
  }

  private static String zeros(int bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(new byte[bytes]);
  }
}
