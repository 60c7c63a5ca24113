package io.satchel.users;

import io.satchel.Settings;
import io.satchel.http.ClientAddress;
import io.satchel.http.Problem;
import io.satchel.limits.Limit;
import io.satchel.limits.Throttle;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Slows down an address that signs up one user after the other. */
@Singleton
class SignUps {

  private static final Duration HOUR = Duration.ofHours(1);

  @Inject Throttle throttle;
  @Inject ClientAddress client;
  @Inject Settings settings;

  /**
   * Counts a sign-up.
   *
   * @throws Problem when it has to wait
   */
  void admit() {
    Limit limit = new Limit(settings.limits().signUpsFromAddress(), HOUR);
    throttle.admit("sign-up from " + client.network(), limit);
  }
}
