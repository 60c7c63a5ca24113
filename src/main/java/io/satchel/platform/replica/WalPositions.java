package io.satchel.platform.replica;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The latest positions in the write-ahead log (WAL) of the primary. A standby that has replayed a
 * position contains everything that was committed before the position was read.
 */
final class WalPositions {

  /** A position, and a time before it was read ({@link System#nanoTime}). */
  private record Position(String lsn, long readAt) {}

  private final long maxAge;
  private final Deque<Position> positions = new ArrayDeque<>();

  WalPositions(Duration maxAge) {
    this.maxAge = maxAge.toNanos();
  }

  /** Adds the newest position, a {@code pg_lsn}. */
  synchronized void add(String lsn, long readAt) {
    positions.addLast(new Position(lsn, readAt));
    removeOld(readAt);
  }

  /** Returns the oldest position that is not too old, which a standby must have replayed. */
  synchronized Optional<String> oldest(long now) {
    removeOld(now);
    return Optional.ofNullable(positions.peekFirst()).map(Position::lsn);
  }

  private void removeOld(long now) {
    while (!positions.isEmpty() && now - positions.peekFirst().readAt() > maxAge) {
      positions.removeFirst();
    }
  }
}
