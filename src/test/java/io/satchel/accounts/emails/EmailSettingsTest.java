package io.satchel.accounts.emails;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.satchel.emails.EmailSettings;
import io.satchel.emails.PublicUrl;
import io.satchel.platform.mail.MailSettings;
import io.satchel.platform.persistence.SettingsCheck;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that do not go together prevent the start. StartIT shows that the process ends. */
@Execution(CONCURRENT)
class EmailSettingsTest {

  private static final String SENDER = "satchel.mail.from";
  private static final String PAGE = "satchel.accounts.link-base-url";
  private static final String REQUIRE = "satchel.accounts.require-verification";

  private static SmallRyeConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(EmailSettings.class)
        .withMapping(MailSettings.class)
        .withMapping(PublicUrl.class)
        .withConverter(Duration.class, 200, new DurationConverter())
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .build();
  }

  private static void check(SmallRyeConfig config) {
    new EmailSettingsCheck(
            config.getConfigMapping(EmailSettings.class),
            config.getConfigMapping(MailSettings.class),
            config.getConfigMapping(PublicUrl.class))
        .check(new SettingsCheck());
  }

  private static String reason(Map<String, String> settings) {
    return assertThrows(ConfigurationException.class, () -> check(config(settings))).getMessage();
  }

  @Test
  void emails_need_a_page_for_their_links() {
    assertEquals(
        "SATCHEL_PUBLIC_URL: is missing, but SATCHEL_MAIL_FROM is set",
        reason(Map.of(SENDER, "satchel@example.com")));
    for (String page : new String[] {"https://app.example.com/account", "http://localhost:3000"}) {
      assertDoesNotThrow(
          () -> check(config(Map.of(SENDER, "satchel@example.com", PAGE, page, REQUIRE, "true"))));
    }
    assertDoesNotThrow(() ->
        check(
            config(
                Map.of(
                    SENDER,
                    "satchel@example.com",
                    "satchel.public-url",
                    "https://satchel.example.com"))));
    assertDoesNotThrow(() -> check(config(Map.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.example.com",
        "ftp://app.example.com",
        "https://app.example.com/?page=1",
        "https://app.example.com/#page",
        "https://app.example.com/",
        "https:///account"
      })
  void the_page_has_an_absolute_url(String url) {
    assertEquals(
        "SATCHEL_ACCOUNTS_LINK_BASE_URL: must be an absolute URL with no query, no fragment and no"
            + " slash at the end",
        reason(Map.of(SENDER, "satchel@example.com", PAGE, url)));
  }

  @Test
  void required_verification_needs_emails() {
    assertEquals(
        "SATCHEL_ACCOUNTS_REQUIRE_VERIFICATION: is true, but SATCHEL_MAIL_FROM is missing",
        reason(Map.of(REQUIRE, "true")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0S", "2M"})
  void an_email_is_sent_before_another_replica_tries(String timeout) {
    assertThat(
        reason(Map.of("satchel.mail.timeout", timeout)), startsWith("SATCHEL_MAIL_TIMEOUT: "));
  }
}
