package io.satchel.passwords;

import io.satchel.http.Problem;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Keeps what takes a core for long, such as hashing, to as many at once as there are cores. More
 * would be no faster, and would take more memory.
 */
final class Cores {

  private static final Semaphore FREE =
      new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  /** How many may wait for a core: fewer than there are threads, which others need too. */
  private static final int MAX_WAITING = 100;

  private Cores() {}

  /**
   * Refuses what would have to wait for too long.
   *
   * @throws Problem when so many others wait for a core that it would take seconds
   */
  static void requireRoom() {
    if (FREE.getQueueLength() >= MAX_WAITING) {
      throw Problem.unavailable();
    }
  }

  /**
   * Does that when there is a core for it.
   *
   * @throws Problem when so many others wait for one that it would take seconds
   */
  static <T> T use(Supplier<T> work) {
    requireRoom();
    FREE.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      FREE.release();
    }
  }
}
