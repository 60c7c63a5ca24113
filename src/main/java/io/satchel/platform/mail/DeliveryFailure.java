package io.satchel.platform.mail;

import static java.util.stream.Collectors.joining;

import jakarta.mail.SendFailedException;
import java.io.Serial;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An e-mail that was not delivered. Its message contains neither addresses nor tokens. */
public final class DeliveryFailure extends Exception {

  @Serial private static final long serialVersionUID = 1;

  private static final int MAX_LENGTH = 500;

  /** The code of a reply, and the enhanced one (RFC 3463). The rest can repeat the e-mail. */
  private static final Pattern CODES = Pattern.compile("\\d{3}([ -]\\d\\.\\d{1,3}\\.\\d{1,3})?");

  private final int replyCode;

  /** Creates a failure with the reply to the e-mail (RFC 5321, section 4.2), or 0 without one. */
  DeliveryFailure(String reason, int replyCode) {
    super(reason.substring(0, Math.min(reason.length(), MAX_LENGTH)));
    this.replyCode = replyCode;
  }

  DeliveryFailure(Exception e, int replyCode) {
    this(causes(e).map(DeliveryFailure::describe).collect(joining("; ")), replyCode);
  }

  /** Returns the failure of an e-mail that cannot be sent. */
  static DeliveryFailure permanent(String reason) {
    return new DeliveryFailure(reason, 550);
  }

  private static String describe(Throwable cause) {
    String type = cause.getClass().getSimpleName();
    String text = String.valueOf(cause.getMessage()).replaceAll("[\\s\\p{Cntrl}]+", " ");
    if (cause instanceof SendFailedException) {
      Matcher codes = CODES.matcher(text);
      return codes.lookingAt() ? type + ": " + codes.group() : type;
    }
    return type + ": " + text;
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause);
  }

  /**
   * Returns whether the mail server does not accept this e-mail (RFC 5321, section 4.2.2), for
   * example because nobody has the address. The other errors above 500 can be wrong settings.
   */
  public boolean isPermanent() {
    return replyCode >= 550;
  }

  /** Returns whether the mail server said nothing about the e-mail, or is about to stop (421). */
  public boolean isServerAway() {
    return replyCode == 0 || replyCode == 421;
  }
}
