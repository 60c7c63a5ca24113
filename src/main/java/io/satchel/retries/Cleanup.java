package io.satchel.retries;

import io.quarkus.scheduler.Scheduled;
import io.satchel.data.Expired;
import jakarta.inject.Inject;
import java.time.Clock;

/** Forgets answers that are past their time. */
class Cleanup {

  @Inject Clock clock;

  @Scheduled(every = "1h", delayed = "1m")
  void run() {
    Expired.delete("idempotency_keys", "created_at", clock.instant().minus(KeptAnswer.KEPT));
  }
}
