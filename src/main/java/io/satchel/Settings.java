package io.satchel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * The service's own settings. Each is an environment variable too: {@code satchel.migrate-at-start}
 * is {@code SATCHEL_MIGRATE_AT_START}.
 */
@ConfigMapping(prefix = "satchel")
public interface Settings {

  /** Whether to migrate the schema before serving. Off where something else does it first. */
  @WithDefault("true")
  boolean migrateAtStart();

  Tokens tokens();

  Admin admin();

  Limits limits();

  /** The tokens that callers show. */
  interface Tokens {

    /**
     * Files of RSA private keys (PKCS#8 PEM, of 2,048 bits at least). The first signs, all verify,
     * all are published. Dev mode and the tests make one.
     */
    Optional<List<String>> signingKeys();

    /** How long an access token is good for. */
    @WithDefault("15M")
    @DurationMin(seconds = 1)
    Duration accessLifetime();

    /** How long a refresh token can wait for its one use. */
    @WithDefault("30D")
    @DurationMin(seconds = 1)
    Duration refreshLifetime();

    /** Who says that they issue the tokens (iss), and whom they are for (aud). */
    @WithDefault("satchel")
    String issuer();
  }

  /** The first admin, made at start where no user has that e-mail address. */
  interface Admin {

    Optional<String> email();

    Optional<String> password();
  }

  /** How much of a kind comes from one side before it is slowed down. */
  interface Limits {

    /** Failed log-ins of one account, a minute. */
    @WithDefault("5")
    @Min(1)
    int failedLogins();

    /** Failed log-ins of one account from an address that it has logged in from, a minute. */
    @WithDefault("20")
    @Min(1)
    int failedLoginsFromKnownAddress();

    /** Failed log-ins from one address, a minute. */
    @WithDefault("100")
    @Min(1)
    int failedLoginsFromAddress();

    /**
     * Requests of one user, or from one address where there is no token, a minute, to each replica.
     * 0: as many as one likes.
     */
    @WithDefault("600")
    @Min(0)
    int requestsPerMinute();

    /** Sign-ups from one address, an hour. */
    @WithDefault("1000")
    @Min(1)
    int signUpsFromAddress();
  }
}
