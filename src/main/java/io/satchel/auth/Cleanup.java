package io.satchel.auth;

import io.quarkus.scheduler.Scheduled;
import io.satchel.data.Expired;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Forgets the tokens that are of no use any more, and the addresses that nobody comes from. */
class Cleanup {

  private static final Duration KNOWN_FOR = Duration.ofDays(90);

  @Inject Clock clock;

  @Scheduled(every = "1h", delayed = "1m")
  void run() {
    Instant now = clock.instant();
    Expired.delete("token_families", "expires_at", now);
    Expired.delete("known_addresses", "last_login_at", now.minus(KNOWN_FOR));
  }
}
