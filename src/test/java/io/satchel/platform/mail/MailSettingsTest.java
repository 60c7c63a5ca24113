package io.satchel.platform.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.satchel.platform.mail.MailSettings.StartTls;
import io.satchel.platform.persistence.SettingsCheck;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid settings of the mail server prevent the start. */
@Execution(CONCURRENT)
class MailSettingsTest {

  private static SmallRyeConfig config(Map<String, String> settings) {
    return config(new PropertiesConfigSource(settings, "test", 100));
  }

  private static SmallRyeConfig config(ConfigSource settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(MailSettings.class)
        .withConverter(Duration.class, 200, new DurationConverter())
        .withSources(settings)
        .build();
  }

  private static String reason(SmallRyeConfig config) {
    MailSettings settings = config.getConfigMapping(MailSettings.class);
    return assertThrows(
            ConfigurationException.class,
            () -> new MailSettingsCheck(settings, config).check(new SettingsCheck()))
        .getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "satchel",
        "a@example.com, b@example.com",
        "Satchel <@example.com>",
        "sätchel@example.com",
        "us: a@example.com;"
      })
  void the_sender_is_an_address(String sender) {
    assertEquals(
        "SATCHEL_MAIL_FROM: must be an e-mail address, such as Satchel <no-reply@example.com>",
        reason(config(Map.of("satchel.mail.from", sender))));
  }

  @ParameterizedTest
  @CsvSource({
    "FROM, SATCHEL_MAIL_FROM",
    "HOST, SATCHEL_MAIL_HOST",
    "PORT, SATCHEL_MAIL_PORT",
    "USERNAME, SATCHEL_MAIL_USERNAME",
    "PASSWORD, SATCHEL_MAIL_PASSWORD",
    "START_TLS, SATCHEL_MAIL_STARTTLS",
    "TLS, SATCHEL_MAIL_TLS",
    "TIMEOUT, SATCHEL_MAIL_TIMEOUT",
    "OWN_HOST_NAME, SATCHEL_MAIL_HELO_NAME",
    "TLS_CONFIGURATION_NAME, QUARKUS_TLS_MAIL_TRUST_STORE_PEM_CERTS"
  })
  void an_old_name_is_rejected_with_the_new_one(String old, String current) {
    String variable = "QUARKUS_MAILER_" + old;
    String reason =
        "%s: is no longer a setting. Set %s instead (docs/settings.md)"
            .formatted(variable, current);
    assertEquals(reason, reason(config(new EnvConfigSource(Map.of(variable, "x"), 300))));
    String property = "quarkus.mailer." + old.toLowerCase(Locale.ROOT).replace('_', '-');
    assertEquals(reason, reason(config(Map.of(property, "x"))));
  }

  @Test
  void an_old_setting_without_a_new_name_is_to_be_removed() {
    assertEquals(
        "QUARKUS_MAILER_MOCK: is no longer a setting. Remove it (docs/settings.md)",
        reason(config(Map.of("quarkus.mailer.mock", "true"))));
  }

  @Test
  void a_username_needs_a_password() {
    assertEquals(
        "SATCHEL_MAIL_USERNAME, SATCHEL_MAIL_PASSWORD: set both or none",
        reason(config(Map.of("satchel.mail.username", "satchel"))));
  }

  @ParameterizedTest
  @CsvSource({"required, REQUIRED", "OPTIONAL, OPTIONAL", "disabled, DISABLED"})
  void starttls_is_written_in_upper_or_lower_case(String value, StartTls expected) {
    MailSettings settings =
        config(Map.of("satchel.mail.starttls", value)).getConfigMapping(MailSettings.class);
    assertEquals(expected, settings.starttls());
  }
}
