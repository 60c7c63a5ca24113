package io.satchel.platform.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Limits the requests of each caller per minute. A minute starts with the first request. Each
 * replica counts for itself (ADR 13).
 */
@ApplicationScoped
class RequestRateLimiter {

  static final Duration WINDOW = Duration.ofMinutes(1);

  /** Beyond this number, the least recently seen caller is forgotten. */
  private static final int MAX_CALLERS = 100_000;

  /** The settings of the request rate limit. */
  @ConfigMapping(prefix = "satchel.limits")
  interface Settings {

    /**
     * Requests per minute and replica of one user, or of one client network without a token. 0
     * means no limit.
     */
    @WithDefault("600")
    @Min(0)
    int requestsPerMinute();
  }

  private final Clock clock;
  private final Settings settings;

  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MAX_CALLERS).expireAfterWrite(WINDOW).build();

  @Inject
  RequestRateLimiter(Clock clock, Settings settings) {
    this.clock = clock;
    this.settings = settings;
  }

  /** Returns the limit per minute, or 0 for no limit. */
  int limit() {
    return settings.requestsPerMinute();
  }

  /** Takes one request from the caller's remaining ones, if there are any. */
  ConsumptionProbe tryConsume(String caller) {
    return buckets.get(caller, name -> newBucket()).tryConsumeAndReturnRemaining(1);
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(bandwidth -> bandwidth.capacity(limit()).refillIntervally(limit(), WINDOW))
        .withCustomTimePrecision(new ClockTimeMeter(clock))
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
