package io.satchel.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.satchel.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How many requests each caller has left: as many as the settings say, in the minute that begins
 * with the first. Each replica counts for itself (docs/adr/0013).
 */
@ApplicationScoped
class RequestBudget {

  static final Duration WINDOW = Duration.ofMinutes(1);

  /** How many callers are remembered; beyond that, who has not called for longest starts anew. */
  private static final int CALLERS = 100_000;

  private final Clock clock;
  private final Settings settings;

  /** A budget goes when it would be whole again. */
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(CALLERS).expireAfterWrite(WINDOW).build();

  @Inject
  RequestBudget(Clock clock, Settings settings) {
    this.clock = clock;
    this.settings = settings;
  }

  /** How many requests a caller has in a minute; 0 for as many as one likes. */
  int allowed() {
    return settings.limits().requestsPerMinute();
  }

  /** Takes a request from what that caller has left, if there is one. */
  ConsumptionProbe spend(String caller) {
    return buckets.get(caller, name -> newBucket()).tryConsumeAndReturnRemaining(1);
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(allowed()).refillIntervally(allowed(), WINDOW))
        .withCustomTimePrecision(new ByClock(clock))
        .build();
  }

  /** The service's clock, as the library asks for it. */
  private record ByClock(Clock clock) implements TimeMeter {

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
