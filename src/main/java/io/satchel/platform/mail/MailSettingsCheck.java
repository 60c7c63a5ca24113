package io.satchel.platform.mail;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.satchel.platform.persistence.SettingsCheck;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** Prevents a start with an invalid sender, or with the names that settings had before. */
@Singleton
class MailSettingsCheck {

  private static final String OLD_PREFIX = "QUARKUS_MAILER_";
  private static final String NEW_PREFIX = "SATCHEL_MAIL_";

  /** The settings that have another name now. Others are no longer needed. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "FROM", NEW_PREFIX + "FROM",
          "HOST", NEW_PREFIX + "HOST",
          "PORT", NEW_PREFIX + "PORT",
          "USERNAME", NEW_PREFIX + "USERNAME",
          "PASSWORD", NEW_PREFIX + "PASSWORD",
          "TLS", NEW_PREFIX + "TLS",
          "TIMEOUT", NEW_PREFIX + "TIMEOUT",
          "START_TLS", NEW_PREFIX + "STARTTLS",
          "OWN_HOST_NAME", NEW_PREFIX + "HELO_NAME",
          "TLS_CONFIGURATION_NAME", "QUARKUS_TLS_MAIL_TRUST_STORE_PEM_CERTS");

  private final MailSettings settings;
  private final Config config;

  @Inject
  MailSettingsCheck(MailSettings settings, Config config) {
    this.settings = settings;
    this.config = config;
  }

  void check(@Observes SettingsCheck check) {
    config.getPropertyNames().forEach(MailSettingsCheck::rejectOldName);
    settings.from().ifPresent(MailSettingsCheck::requireAddress);
    if (settings.username().isPresent() != settings.password().isPresent()) {
      throw new ConfigurationException(
          "SATCHEL_MAIL_USERNAME, SATCHEL_MAIL_PASSWORD: set both or none");
    }
  }

  private static void rejectOldName(String property) {
    String name = property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    if (name.startsWith(OLD_PREFIX)) {
      String current = RENAMED.get(name.substring(OLD_PREFIX.length()));
      throw new ConfigurationException(
          name
              + ": is no longer a setting. "
              + (current == null ? "Remove it" : "Set " + current + " instead")
              + " (docs/settings.md)");
    }
  }

  private static void requireAddress(String sender) {
    try {
      SmtpAddress.ofSender(sender);
    } catch (Exception e) {
      throw new ConfigurationException(
          "SATCHEL_MAIL_FROM: must be an e-mail address, such as Satchel <no-reply@example.com>",
          e);
    }
  }
}
