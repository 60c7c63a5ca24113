package io.satchel.emails;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMin;

/** What users receive by e-mail, and what they must do with it. */
@ConfigMapping(prefix = "satchel.accounts")
public interface EmailSettings {

  /**
   * The URL of pages that the links in e-mails open instead of the service's own, without a slash
   * at the end.
   */
  Optional<URI> linkBaseUrl();

  /** Whether users must verify their e-mail addresses before they can use the service. */
  @WithDefault("false")
  boolean requireVerification();

  /** When a user who must verify the address, and has not, is removed after the sign-up. */
  @WithDefault("7D")
  @DurationMin(hours = 1)
  Duration verificationPeriod();

  /** Whether users receive an e-mail about a log-in from a new address. */
  @WithDefault("false")
  boolean reportNewAddresses();
}
