package io.satchel.accounts.emails;

import io.quarkus.qute.Engine;
import io.satchel.accounts.emails.AccountEmails.Draft;
import io.satchel.emails.EmailSettings;
import io.satchel.emails.EmailToken;
import io.satchel.emails.EmailToken.Purpose;
import io.satchel.emails.EmailType;
import io.satchel.emails.OutboxEmail;
import io.satchel.emails.PublicUrl;
import io.satchel.platform.mail.SmtpClient.Email;
import io.satchel.platform.persistence.ExpiringTable;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the e-mails, from templates. They contain no names, which anyone could choose to make an
 * e-mail to somebody else look different.
 */
@Singleton
class EmailWriter {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  @Inject Engine templates;
  @Inject EmailSettings settings;
  @Inject Clock clock;

  @Inject PublicUrl service;

  /** Writes an e-mail. If it has a link, this generates its token, which replaces the last one. */
  Email write(Draft draft, OutboxEmail source) {
    Map<String, Object> values = new HashMap<>();
    values.put("time", TIME.format(source.createdAt));
    values.put("address", source.clientAddress);
    if (draft.type().link != null) {
      values.put("link", link(draft.type().link, draft, source.createdAt));
    }
    return new Email(
        draft.recipient(),
        draft.type().subject,
        render(draft.type(), "txt", values),
        render(draft.type(), "html", values));
  }

  private String render(EmailType type, String format, Map<String, Object> values) {
    return templates.getTemplate(type.template() + "." + format).render(values);
  }

  /** Returns a link with a new token in its fragment, which browsers send to no server. */
  private String link(Purpose purpose, Draft draft, Instant added) {
    // A delay must not let the link of a later change expire before that of an earlier one.
    Instant start = purpose == Purpose.EMAIL_CHANGE_UNDO ? added : clock.instant();
    String token = EmailToken.generate(purpose, draft.userId(), draft.recipient(), start);
    return linkBase() + purpose.page + "#token=" + token;
  }

  private String linkBase() {
    return settings
        .linkBaseUrl()
        .map(URI::toString)
        .orElseGet(() -> service.publicUrl().orElseThrow() + "/account");
  }

  @Produces
  @Singleton
  static ExpiringTable expiringTokens() {
    return new ExpiringTable("email_tokens", "expires_at", Duration.ZERO);
  }
}
