package io.satchel.emails;

/** What an e-mail is about. */
public enum EmailType {

  /** Contains the link to reset the password. */
  PASSWORD_RECOVERY,

  /** Tells a user that the password was changed. */
  PASSWORD_CHANGED,

  /** Contains the link that verifies the recipient's address. */
  EMAIL_VERIFICATION,

  /** Tells the old address that the user wants to replace it. */
  EMAIL_CHANGE,

  /** Tells a user that someone else entered the user's address. */
  EMAIL_IN_USE,

  /** Tells a user about a log-in from a new address. */
  NEW_LOGIN
}
