package io.satchel.users;

/** What a username may be. */
final class Username {

  static final String PATTERN = "^[A-Za-z0-9._-]{3,50}$";
  static final String MESSAGE = "must be 3 to 50 of the characters a-z, 0-9, '.', '_' and '-'";

  private Username() {}
}
