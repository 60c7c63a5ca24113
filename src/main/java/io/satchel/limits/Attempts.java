package io.satchel.limits;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often something was tried. More than a {@link Limit} allows, and each further attempt has to
 * wait: 15 seconds at first, twice as long each time, never longer than 15 minutes. They are
 * forgotten once the time of the limit has passed, and as long again without an attempt.
 */
@Entity
@Table(name = "attempts")
public class Attempts extends PanacheEntityBase {

  private static final Duration FIRST_WAIT = Duration.ofSeconds(15);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  @Id public String name;
  public int count;

  /** When the first of them was. */
  public Instant countedFrom;

  /** When the next may be; null while nobody has to wait. */
  public Instant waitUntil;

  static Optional<Attempts> named(String name) {
    return findByIdOptional(name);
  }

  /** Those of that name, which nobody else counts until this transaction ends. */
  static Attempts toCount(String name, Instant now) {
    return Panache.getSession()
        .createNativeQuery(
            """
            insert into attempts (name, count, counted_from) values (:name, 0, :now)
            on conflict on constraint attempts_pkey do update set name = excluded.name
            returning *
            """,
            Attempts.class)
        .setParameter("name", name)
        .setParameter("now", now)
        .getSingleResult();
  }

  /** How long the next attempt has to wait; zero if it has not. */
  Duration waitAt(Instant now) {
    return waitUntil != null && now.isBefore(waitUntil)
        ? Duration.between(now, waitUntil)
        : Duration.ZERO;
  }

  void add(Instant now, Limit limit) {
    if (isForgotten(now, limit)) {
      count = 0;
      countedFrom = now;
      waitUntil = null;
    }
    count++;
    if (count >= limit.allowed()) {
      waitUntil = now.plus(waitAfter(count - limit.allowed()));
    }
  }

  private boolean isForgotten(Instant now, Limit limit) {
    boolean isWithin = now.isBefore(countedFrom.plus(limit.within()));
    boolean isWatched = waitUntil != null && now.isBefore(waitUntil.plus(LONGEST_WAIT));
    return !isWithin && !isWatched;
  }

  private static Duration waitAfter(int excess) {
    Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(excess, 6));
    return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
  }
}
