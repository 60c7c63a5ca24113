package io.satchel.platform.ratelimit;

import java.time.Duration;

/**
 * The number of attempts that are allowed within a period.
 *
 * @param firstWait how long the first attempt beyond the limit must wait
 */
public record AttemptLimit(int attempts, Duration period, Duration firstWait) {

  private static final Duration SHORT_WAIT = Duration.ofSeconds(15);

  /** Creates a limit of attempts that can fail by mistake, so the first wait is short. */
  public AttemptLimit(int attempts, Duration period) {
    this(attempts, period, SHORT_WAIT);
  }
}
