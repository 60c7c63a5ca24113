package io.satchel.items;

/** What a title must have in it: a character that can be seen. */
final class Title {

  static final String PATTERN = "(?s).*[^\\s\\p{Z}\\p{Cc}\\p{Cf}].*";
  static final String MESSAGE = "must not be blank";

  /** The same for the description, as nearly as all dialects of regular expressions have it. */
  static final String DESCRIBED = "\\S";

  private Title() {}
}
