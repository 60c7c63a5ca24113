package io.satchel.platform.mail;

import static java.util.stream.Collectors.joining;

import java.io.Serial;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** An e-mail that was not delivered. Its message contains neither addresses nor tokens. */
public final class DeliveryFailure extends Exception {

  @Serial private static final long serialVersionUID = 1;

  private static final int MAX_LENGTH = 500;

  private final int replyCode;

  /** Creates a failure with the reply to the e-mail (RFC 5321, section 4.2), or 0 without one. */
  DeliveryFailure(String reason, int replyCode) {
    super(reason);
    this.replyCode = replyCode;
  }

  /** Returns the failure of an e-mail that cannot be sent. */
  static DeliveryFailure permanent(String reason) {
    return new DeliveryFailure(reason, 550);
  }

  static DeliveryFailure of(Throwable e, String recipient) {
    if (e instanceof DeliveryFailure failure) {
      return failure;
    }
    int replyCode = causes(e).mapToInt(DeliveryFailure::replyCode).max().orElse(0);
    return new DeliveryFailure(reason(e, recipient), replyCode);
  }

  private static int replyCode(Throwable e) {
    return switch (e) {
      case SMTPAddressFailedException recipient -> recipient.getReturnCode();
      case SMTPSenderFailedException sender -> sender.getReturnCode();
      case SMTPSendFailedException message -> message.getReturnCode();
      default -> 0;
    };
  }

  /** Removes what mail servers repeat: the recipient, other addresses, and links with tokens. */
  private static String reason(Throwable e, String recipient) {
    String reason =
        causes(e)
            .map(cause -> cause.getClass().getSimpleName() + ": " + cause.getMessage())
            .collect(joining("; "));
    String localPart = Pattern.quote(recipient.substring(0, recipient.lastIndexOf('@')));
    return Pattern.compile("[^\\s;]*[@#][^\\s;]*|\\b" + localPart + "\\b", Pattern.CASE_INSENSITIVE)
        .matcher(reason.substring(0, Math.min(reason.length(), MAX_LENGTH)))
        .replaceAll("(removed)")
        .replaceAll("\\s+", " ");
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
    return replyCode <= 0 || replyCode == 421;
  }
}
