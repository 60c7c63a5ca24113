package io.satchel.limits;

import io.quarkus.scheduler.Scheduled;
import io.satchel.data.Expired;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/** Forgets attempts that nobody has to wait for any more. */
class Cleanup {

  /** As far as limits look back. */
  private static final Duration KEPT = Duration.ofHours(1);

  @Inject Clock clock;

  @Scheduled(every = "1h", delayed = "1m")
  void run() {
    Expired.delete("attempts", "coalesce(wait_until, counted_from)", clock.instant().minus(KEPT));
  }
}
