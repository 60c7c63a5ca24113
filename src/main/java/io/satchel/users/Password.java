package io.satchel.users;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.satchel.http.Problem;
import java.util.concurrent.Semaphore;

/** Hashes passwords with Argon2id, at the cost that OWASP's Password Storage Cheat Sheet sets. */
final class Password {

  private static final int MEMORY_KIB = 19 * 1024;
  private static final int ITERATIONS = 2;
  private static final int PARALLELISM = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private static final Argon2Function ARGON2ID =
      Argon2Function.getInstance(MEMORY_KIB, ITERATIONS, PARALLELISM, HASH_BYTES, Argon2.ID);

  /** More at once would be no faster, as a hash keeps a core busy, and would take more memory. */
  private static final Semaphore CORES =
      new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  /** How many may wait for a core: fewer than there are threads, which others need too. */
  private static final int MAX_WAITING = 100;

  private Password() {}

  /**
   * The hash of a password as a PHC string. That says how it was made, so that the cost can be
   * raised and old hashes still verify.
   *
   * @throws Problem when so many others wait for theirs that it would take seconds
   */
  static String hash(String password) {
    if (CORES.getQueueLength() >= MAX_WAITING) {
      throw Problem.unavailable();
    }
    CORES.acquireUninterruptibly();
    try {
      return com.password4j.Password.hash(password)
          .addRandomSalt(SALT_BYTES)
          .with(ARGON2ID)
          .getResult();
    } finally {
      CORES.release();
    }
  }
}
