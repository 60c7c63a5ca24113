package io.satchel.auth.attempts;

import io.satchel.platform.persistence.ExpiringTable;
import io.satchel.platform.ratelimit.AttemptLimit;
import io.satchel.platform.ratelimit.AttemptLimiter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * Throttles failed attempts. They are counted by user; by user and known address, with a higher
 * limit, so that attackers elsewhere cannot lock the user out; and by address.
 */
@ApplicationScoped
class LoginThrottle {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** The limits of failed log-ins. */
  @ConfigMapping(prefix = "satchel.limits")
  interface Settings {

    /** Failed log-ins of one user per minute. */
    @WithDefault("5")
    @Min(1)
    int failedLogins();

    /** Failed log-ins of one user from a known address per minute. */
    @WithDefault("20")
    @Min(1)
    int failedLoginsFromKnownAddress();

    /** Failed log-ins from one address per minute. */
    @WithDefault("100")
    @Min(1)
    int failedLoginsFromAddress();
  }

  @Inject AttemptLimiter limiter;
  @Inject Settings settings;

  /** Returns how long an attempt must wait, or zero. */
  Duration waitFor(AuthenticationAttempt attempt) {
    return attempt.isKnownNetwork()
        ? limiter.waitFor(attempt.userAtNetworkKey())
        : longest(limiter.waitFor(attempt.userKey()), limiter.waitFor(attempt.networkKey()));
  }

  /**
   * Counts a failed attempt.
   *
   * @return how long the attempt must wait because of failures counted in the meantime, or zero
   */
  Duration countFailure(AuthenticationAttempt attempt) {
    Duration wait = limiter.count(attempt.userKey(), perMinute(settings.failedLogins()));
    if (attempt.isKnownNetwork()) {
      AttemptLimit limit = perMinute(settings.failedLoginsFromKnownAddress());
      return longest(wait, limiter.count(attempt.userAtNetworkKey(), limit));
    }
    if (wait.isPositive()) { // The response reveals nothing, so it is not counted for the address.
      return wait;
    }
    return limiter.count(attempt.networkKey(), perMinute(settings.failedLoginsFromAddress()));
  }

  /** Resets the counts of the user after a successful attempt. */
  void reset(AuthenticationAttempt attempt) {
    limiter.reset(attempt.userKey());
    limiter.reset(attempt.userAtNetworkKey());
  }

  private static AttemptLimit perMinute(int attempts) {
    return new AttemptLimit(attempts, MINUTE);
  }

  private static Duration longest(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  @Produces
  @Singleton
  static ExpiringTable expiringTable() {
    return new ExpiringTable("known_addresses", "last_login_at", KnownAddress.RETENTION);
  }
}
