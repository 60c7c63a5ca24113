package io.satchel.platform.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.satchel.platform.text.Domains;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/** Converts e-mail addresses into what SMTP can transmit. */
final class SmtpAddress {

  private SmtpAddress() {}

  /**
   * Returns an address whose domain consists of A-labels (RFC 5890).
   *
   * @throws DeliveryFailure if the domain has none
   */
  static InternetAddress of(String email) throws DeliveryFailure {
    int at = email.lastIndexOf('@');
    String domain = email.substring(at + 1);
    InternetAddress address = new InternetAddress();
    address.setAddress(email.substring(0, at + 1) + (isAscii(domain) ? domain : aLabels(domain)));
    return address;
  }

  private static String aLabels(String domain) throws DeliveryFailure {
    return Domains.toAscii(domain)
        .orElseThrow(
            () -> DeliveryFailure.permanent("the domain of the recipient has no A-labels"));
  }

  /** Returns a sender, such as {@code Satchel <no-reply@example.com>}. */
  static InternetAddress ofSender(String sender) throws Exception {
    InternetAddress parsed = new InternetAddress(sender, true);
    InternetAddress address = of(parsed.getAddress());
    if (parsed.isGroup() || needsUtf8(address)) {
      throw new AddressException("A sender is one address that each mail server can transmit");
    }
    address.setPersonal(parsed.getPersonal(), UTF_8.name());
    return address;
  }

  /** Returns whether only a server with SMTPUTF8 can transmit the address (RFC 6531). */
  static boolean needsUtf8(InternetAddress address) {
    return !isAscii(address.getAddress());
  }

  private static boolean isAscii(String text) {
    return US_ASCII.newEncoder().canEncode(text);
  }
}
