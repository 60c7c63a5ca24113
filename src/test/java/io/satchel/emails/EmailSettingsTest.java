package io.satchel.emails;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.satchel.platform.persistence.SettingsCheck;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that do not go together prevent the start. StartIT shows that the process ends. */
class EmailSettingsTest {

  private static final String SENDER = "satchel@example.com";

  private record Settings(
      Optional<URI> linkBaseUrl, boolean requireVerification, boolean reportNewAddresses)
      implements EmailSettings {}

  private static void check(String sender, String linkBaseUrl, boolean requireVerification) {
    EmailSettings settings =
        new Settings(Optional.ofNullable(linkBaseUrl).map(URI::create), requireVerification, false);
    Outbox outbox = new Outbox(settings, Optional.ofNullable(sender), Clock.systemUTC());
    outbox.checkSettings(new SettingsCheck());
  }

  private static String reason(String sender, String linkBaseUrl, boolean requireVerification) {
    return assertThrows(
            ConfigurationException.class, () -> check(sender, linkBaseUrl, requireVerification))
        .getMessage();
  }

  @Test
  void emails_need_a_page_for_their_links() {
    assertEquals(
        "SATCHEL_ACCOUNTS_LINK_BASE_URL: is missing, but QUARKUS_MAILER_FROM is set",
        reason(SENDER, null, false));
    assertDoesNotThrow(() -> check(SENDER, "https://app.example.com/account", true));
    assertDoesNotThrow(() -> check(SENDER, "http://localhost:3000", false));
    assertDoesNotThrow(() -> check(null, null, false));
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
        reason(SENDER, url, false));
  }

  @Test
  void required_verification_needs_emails() {
    assertEquals(
        "SATCHEL_ACCOUNTS_REQUIRE_VERIFICATION: is true, but QUARKUS_MAILER_FROM is missing",
        reason(null, null, true));
  }
}
