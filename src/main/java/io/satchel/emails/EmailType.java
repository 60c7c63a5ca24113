package io.satchel.emails;

import io.satchel.emails.EmailToken.Purpose;
import java.util.Locale;

/** What an e-mail is about. Its text is in {@code templates/emails}, in files of the same name. */
public enum EmailType {

  /** Contains the link to reset the password. */
  PASSWORD_RECOVERY("Reset your password", Purpose.PASSWORD_RECOVERY),

  /** Tells a user that the password was changed. */
  PASSWORD_CHANGED("Your password was changed"),

  /** Contains the link that verifies the recipient's address. */
  EMAIL_VERIFICATION("Verify your e-mail address", Purpose.EMAIL_VERIFICATION),

  /** Tells the old address that the user wants to replace it, with a link to undo that. */
  EMAIL_CHANGE("Your e-mail address will change", Purpose.EMAIL_CHANGE_UNDO),

  /** Tells the same to an address that was not verified, without a link. */
  EMAIL_CHANGE_NOTICE("Your e-mail address will change"),

  /** Tells a user that someone else entered the user's address. */
  EMAIL_IN_USE("You already have an account"),

  /** Tells a user about a log-in from a new address. */
  NEW_LOGIN("A log-in from a new address");

  public final String subject;

  /** The purpose of the token in the e-mail's link, or null if it has none. */
  public final Purpose link;

  EmailType(String subject) {
    this(subject, null);
  }

  EmailType(String subject, Purpose link) {
    this.subject = subject;
    this.link = link;
  }

  /** Returns the path of the templates, without the extension. */
  public String template() {
    return "emails/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
