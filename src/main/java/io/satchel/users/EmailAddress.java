package io.satchel.users;

/** What an e-mail address may be made of, besides having the form of one. */
final class EmailAddress {

  /** Characters that can be seen, so that no two addresses look alike for the lack of it. */
  static final String PATTERN = "[^\\s\\p{Z}\\p{C}]*";

  private EmailAddress() {}
}
