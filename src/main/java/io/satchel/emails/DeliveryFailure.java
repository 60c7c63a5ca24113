package io.satchel.emails;

import static java.util.stream.Collectors.joining;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.ext.mail.SMTPException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Why an e-mail was not sent. */
record DeliveryFailure(Throwable exception) {

  /** What mail servers repeat: addresses, and links with tokens. */
  private static final Pattern SECRET = Pattern.compile("[^\\s;]*[@#][^\\s;]*");

  /** Returns whether the mail server is away, or does not answer. */
  boolean isServerAway() {
    return causes()
        .anyMatch(cause -> cause instanceof IOException || cause instanceof TimeoutException);
  }

  /**
   * Returns whether the mail server does not accept this e-mail (RFC 5321, section 4.2.2), for
   * example because nobody has the address. The other errors above 500 can be wrong settings.
   */
  boolean isRejection() {
    return causes()
        .anyMatch(cause ->
            cause instanceof SMTPException error
                && error.getReplyCode() >= 550
                && error.getReplyCode() <= 554);
  }

  /** Returns the reason without addresses and tokens. */
  String reason() {
    String reason = causes().map(Throwable::toString).collect(joining("; "));
    return SECRET.matcher(reason).replaceAll("(removed)");
  }

  private Stream<Throwable> causes() {
    return Stream.iterate(exception, cause -> cause != null, Throwable::getCause)
        .filter(cause -> !(cause instanceof CompletionException)); // It repeats its cause.
  }
}
