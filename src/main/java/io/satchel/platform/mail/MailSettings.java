package io.satchel.platform.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The mail server. */
@ConfigMapping(prefix = "satchel.mail")
public interface MailSettings {

  /** Whether STARTTLS encrypts the connection (RFC 3207). */
  enum StartTls {
    REQUIRED,

    /** If the mail server supports it. */
    OPTIONAL,

    DISABLED
  }

  /** The sender. Without one, the service sends no e-mails. */
  Optional<String> from();

  /** The name of the mail server, which its certificate must have. */
  @WithDefault("localhost")
  String host();

  /** Its port. The default is for submissions with STARTTLS (RFC 6409); with TLS, it is 465. */
  @WithDefault("587")
  int port();

  /** The log-in at the mail server. */
  Optional<String> username();

  /** The password of the log-in. */
  Optional<String> password();

  /** Whether the connection must be encrypted with STARTTLS. */
  @WithDefault("required")
  StartTls starttls();

  /** Whether the connection begins with TLS (RFC 8314, section 3.3). */
  @WithDefault("false")
  boolean tls();

  /** How long the transmission of one e-mail may take altogether. */
  @WithDefault("1M")
  Duration timeout();

  /** The name with which the service introduces itself. By default that of the machine. */
  Optional<String> heloName();
}
