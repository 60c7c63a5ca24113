package io.satchel.platform.ratelimit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.satchel.platform.persistence.ExpiringTable;
import io.satchel.platform.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Limits attempts. It counts in the database, so that all replicas share the counts. */
@ApplicationScoped
public class AttemptLimiter {

  /** At least the longest period of any limit. */
  private static final Duration RETENTION = Duration.ofHours(1);

  private final Clock clock;
  private final Counter rejections;

  @Inject
  AttemptLimiter(Clock clock, MeterRegistry metrics) {
    this.clock = clock;
    this.rejections = rejections("attempts", metrics);
  }

  /** Returns the counter of requests that were rejected by a limit. */
  static Counter rejections(String limit, MeterRegistry metrics) {
    return Counter.builder("satchel.rate.limit.rejections")
        .description("Requests rejected by a rate limit, without log-ins")
        .tag("limit", limit)
        .register(metrics);
  }

  /** Returns how long the next attempt with this name must wait, or zero. */
  @Transactional
  public Duration waitFor(String name) {
    return AttemptCount.findByName(name)
        .map(count -> count.waitAt(clock.instant()))
        .orElse(Duration.ZERO);
  }

  /**
   * Counts an attempt, unless it must wait because of earlier ones. The transaction is its own,
   * because it does not wait for the disk.
   *
   * @return how long the attempt must wait, or zero
   */
  @Transactional(TxType.REQUIRES_NEW)
  public Duration count(String name, AttemptLimit limit) {
    Instant now = clock.instant();
    AttemptCount count = AttemptCount.findLocked(name, now);
    Duration wait = count.waitAt(now);
    if (wait.isZero()) {
      count.increment(now, limit);
    }
    return wait;
  }

  /** Deletes the count with this name. */
  @Transactional
  public void reset(String name) {
    AttemptCount.delete("name", name);
  }

  /** Deletes the count with this name, and those whose names continue with a comma. */
  @Transactional
  public void resetAll(String name) {
    AttemptCount.delete("name = ?1 or name like ?2", name, name + ",%");
  }

  /**
   * Counts an attempt, or rejects it if it must wait because of earlier ones.
   *
   * @throws ProblemException 429 if it must wait
   */
  public void countOrReject(String name, AttemptLimit limit) {
    Duration wait = count(name, limit);
    if (wait.isPositive()) {
      rejections.increment();
      throw ProblemException.tooManyRequests(wait);
    }
  }

  @Produces
  @Singleton
  static ExpiringTable expiringTable() {
    return new ExpiringTable("attempts", "coalesce(wait_until, counted_from)", RETENTION);
  }
}
