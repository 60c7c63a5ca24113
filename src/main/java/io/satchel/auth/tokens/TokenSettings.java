package io.satchel.auth.tokens;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** The settings of tokens. */
@ConfigMapping(prefix = "satchel.tokens")
public interface TokenSettings {

  /** The lifetime of an access token. */
  @WithDefault("15M")
  @DurationMin(seconds = 1)
  Duration accessLifetime();

  /** The lifetime of a refresh token that is not used. */
  @WithDefault("30D")
  @DurationMin(seconds = 1)
  Duration refreshLifetime();

  /** How long the last refresh token but one is accepted, for concurrent requests of a client. */
  @WithDefault("10S")
  @DurationMin
  Duration refreshGracePeriod();

  /** When a session ends, even if it is used. */
  @WithDefault("90D")
  @DurationMin(seconds = 1)
  Duration sessionLifetime();

  /** The issuer ({@code iss}) and the audience ({@code aud}) of access tokens. */
  @WithDefault("satchel")
  String issuer();
}
