package io.satchel.limits;

import io.satchel.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Slows down who tries too often. It counts in the database, so that all replicas share it. */
@ApplicationScoped
public class Throttle {

  @Inject Clock clock;

  /** How long the next attempt of that name has to wait; zero if it has not. */
  @Transactional
  public Duration waitFor(String name) {
    return Attempts.named(name)
        .map(attempts -> attempts.waitAt(clock.instant()))
        .orElse(Duration.ZERO);
  }

  /**
   * Counts an attempt, unless it has to wait, by those that were counted before it.
   *
   * @return how long; zero if it has not
   */
  @Transactional
  public Duration count(String name, Limit limit) {
    Instant now = clock.instant();
    Attempts attempts = Attempts.toCount(name, now);
    Duration wait = attempts.waitAt(now);
    if (wait.isZero()) {
      attempts.add(now, limit);
    }
    return wait;
  }

  /** Forgets the attempts of that name. */
  @Transactional
  public void forget(String name) {
    Attempts.delete("name", name); // there may be none by now
  }

  /**
   * Counts an attempt that may be made.
   *
   * @throws Problem when it has to wait
   */
  public void admit(String name, Limit limit) {
    refuse(count(name, limit));
  }

  /**
   * Refuses an attempt that has to wait.
   *
   * @throws Problem that says how long, unless that is zero
   */
  public static void refuse(Duration wait) {
    if (wait.isPositive()) {
      throw Problem.tooManyRequests(wait);
    }
  }
}
