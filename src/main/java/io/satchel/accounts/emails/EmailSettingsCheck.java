package io.satchel.accounts.emails;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.satchel.emails.EmailSettings;
import io.satchel.emails.OutboxEmail;
import io.satchel.emails.PublicUrl;
import io.satchel.platform.mail.MailSettings;
import io.satchel.platform.persistence.SettingsCheck;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;

/** Prevents a start with settings of e-mails that do not go together. */
@Singleton
class EmailSettingsCheck {

  private final EmailSettings emails;
  private final MailSettings mail;
  private final Optional<URI> publicUrl;

  @Inject
  EmailSettingsCheck(EmailSettings emails, MailSettings mail, PublicUrl service) {
    this.emails = emails;
    this.mail = mail;
    this.publicUrl = service.publicUrl();
  }

  void check(@Observes SettingsCheck check) {
    boolean sends = mail.from().isPresent();
    require(
        sends || !emails.requireVerification(),
        "SATCHEL_ACCOUNTS_REQUIRE_VERIFICATION: is true, but SATCHEL_MAIL_FROM is missing");
    require(
        !sends || emails.linkBaseUrl().isPresent() || publicUrl.isPresent(),
        "SATCHEL_PUBLIC_URL: is missing, but SATCHEL_MAIL_FROM is set");
    requirePage("SATCHEL_PUBLIC_URL", publicUrl);
    requirePage("SATCHEL_ACCOUNTS_LINK_BASE_URL", emails.linkBaseUrl());
    require(
        mail.timeout().isPositive() && mail.timeout().compareTo(OutboxEmail.FIRST_WAIT) < 0,
        "SATCHEL_MAIL_TIMEOUT: must be longer than zero and shorter than two minutes");
  }

  private static void require(boolean condition, String reason) {
    if (!condition) {
      throw new ConfigurationException(reason);
    }
  }

  private static void requirePage(String setting, Optional<URI> url) {
    require(
        url.filter(value -> !isPage(value)).isEmpty(),
        setting + ": must be an absolute URL with no query, no fragment and no slash at the end");
  }

  private static boolean isPage(URI url) {
    return ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
        && url.getHost() != null
        && url.getQuery() == null
        && url.getFragment() == null
        && !url.getPath().endsWith("/");
  }
}
