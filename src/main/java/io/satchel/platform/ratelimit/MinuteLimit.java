package io.satchel.platform.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.satchel.platform.problems.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Limits how much each caller takes in a minute, which starts when the caller takes something. Each
 * replica counts for itself.
 */
public final class MinuteLimit {

  static final Duration WINDOW = Duration.ofMinutes(1);

  /** Beyond this number, the least recently seen caller is forgotten. */
  private static final int MAX_CALLERS = 100_000;

  private final int limit;
  private final TimeMeter time;

  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MAX_CALLERS).expireAfterWrite(WINDOW).build();

  public MinuteLimit(int limit, Clock clock) {
    this.limit = limit;
    this.time = new ClockTimeMeter(clock);
  }

  /** Takes an amount from what the caller has left in this minute, if that is enough. */
  ConsumptionProbe tryTake(String caller, int amount) {
    return buckets.get(caller, name -> newBucket()).tryConsumeAndReturnRemaining(amount);
  }

  /**
   * Takes an amount from what the caller has left in this minute.
   *
   * @throws ProblemException 429 if that is not enough
   */
  public void take(String caller, int amount) {
    rejectUnlessTaken(tryTake(caller, amount));
  }

  static void rejectUnlessTaken(ConsumptionProbe taken) {
    if (!taken.isConsumed()) {
      throw ProblemException.tooManyRequests(Duration.ofNanos(taken.getNanosToWaitForRefill()));
    }
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(bandwidth -> bandwidth.capacity(limit).refillIntervally(limit, WINDOW))
        .withCustomTimePrecision(time)
        .build();
  }

  /** Lets Bucket4j use the service's clock. */
  private record ClockTimeMeter(Clock clock) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
