package io.satchel.platform.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** A connection to the mail server that remembers how it rejects the e-mail, if it does. */
final class SmtpConnection extends SMTPTransport {

  private boolean isOpen;
  private int rejection;

  SmtpConnection(Session session) {
    super(session, null);
  }

  void open(MailSettings settings) throws MessagingException {
    connect(
        settings.host(),
        settings.port(),
        settings.username().orElse(null),
        settings.password().orElse(null));
    isOpen = true; // What is rejected before is not the e-mail.
  }

  @Override
  protected int readServerResponse() throws MessagingException {
    int code = super.readServerResponse();
    if (isOpen && rejection == 0 && code >= 400) {
      rejection = code;
    }
    return code;
  }

  /** Returns the reply that rejected the e-mail (RFC 5321, section 4.2), or 0 without one. */
  int rejection() {
    return rejection;
  }

  /** Ends the connection. The server has confirmed the e-mail or rejected it already. */
  void quit() {
    try {
      close();
    } catch (MessagingException e) {
      // The socket is closed anyway.
    }
  }
}
