package io.satchel.platform.ratelimit;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The number of attempts with one name. When it reaches an {@link AttemptLimit}, the next attempt
 * must wait: as long as the limit says at first, then twice as long each time, up to 15 minutes.
 * The count restarts after the period of the limit, or 15 minutes after the end of the last wait.
 */
@Entity
@Table(name = "attempts")
class AttemptCount extends PanacheEntityBase {

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  @Id public String name;
  public int count;

  /** When the first of the counted attempts was made. */
  public Instant countedFrom;

  /** When the next attempt is allowed, or null if it need not wait. */
  public Instant waitUntil;

  static Optional<AttemptCount> findByName(String name) {
    return findByIdOptional(name);
  }

  /**
   * Returns the count, which is created if it is missing, and locks it for this transaction. The
   * commit does not wait for the disk or a standby: others wait for the lock, each with a
   * connection, and a count that is lost in a crash does no harm.
   */
  static AttemptCount findLocked(String name, Instant now) {
    return Panache.getSession()
        .createNativeQuery(
            """
            insert into attempts (name, count, counted_from)
            select :name, 0, cast(:now as timestamptz)
            from set_config('synchronous_commit', 'off', true)
            on conflict on constraint attempts_pkey do update set name = excluded.name
            returning *
            """,
            AttemptCount.class)
        .setParameter("name", name)
        .setParameter("now", now)
        .getSingleResult();
  }

  /** Returns how long the next attempt must wait, or zero. */
  Duration waitAt(Instant now) {
    return waitUntil != null && now.isBefore(waitUntil)
        ? Duration.between(now, waitUntil)
        : Duration.ZERO;
  }

  /** Counts an attempt. */
  void increment(Instant now, AttemptLimit limit) {
    if (isExpired(now, limit)) {
      count = 0;
      countedFrom = now;
      waitUntil = null;
    }
    count++;
    if (count >= limit.attempts()) {
      waitUntil = now.plus(backOff(limit.firstWait(), count - limit.attempts()));
    }
  }

  private boolean isExpired(Instant now, AttemptLimit limit) {
    boolean isInPeriod = now.isBefore(countedFrom.plus(limit.period()));
    boolean isBackingOff = waitUntil != null && now.isBefore(waitUntil.plus(LONGEST_WAIT));
    return !isInPeriod && !isBackingOff;
  }

  private static Duration backOff(Duration firstWait, int excess) {
    Duration wait = firstWait.multipliedBy(1L << Math.min(excess, 6));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }
}
