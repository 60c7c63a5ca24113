package io.satchel.platform.connections;

import java.time.Duration;

/** How fast a client takes a response: at least 4 KiB in a time. */
final class Progress {

  /** How often a response is checked in that time. */
  static final int CHECKS = 3;

  private static final int MIN_BYTES = 4 * 1024;

  private long sentBefore;
  private long since = System.nanoTime();

  /**
   * Returns whether too little has been sent for too long.
   *
   * @param sent the bytes that have been sent until now
   * @param isWaiting whether there are more
   */
  boolean hasStalled(long sent, boolean isWaiting, Duration limit) {
    long now = System.nanoTime();
    if (!isWaiting || Math.abs(sent - sentBefore) >= MIN_BYTES) {
      sentBefore = sent;
      since = now;
    }
    return now - since > limit.toNanos();
  }
}
