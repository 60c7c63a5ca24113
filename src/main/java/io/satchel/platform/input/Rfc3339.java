package io.satchel.platform.input;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Parses dates and times as in RFC 3339, in the years 1 to 9999. */
final class Rfc3339 {

  private static final int DATE_LENGTH = "2026-12-31".length();

  private Rfc3339() {}

  /**
   * Parses a full-date (section 5.6).
   *
   * @throws DateTimeException if the text is not one
   */
  static LocalDate date(String text) {
    LocalDate date = LocalDate.parse(text);
    if (text.length() != DATE_LENGTH) {
      throw new DateTimeException("The year does not have four digits");
    }
    requireFourDigits(date.getYear());
    return date;
  }

  /** Returns whether a text is a full-date. */
  static boolean isDate(String text) {
    try {
      date(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /**
   * Parses a date-time (section 5.6).
   *
   * @throws DateTimeException if the text is not one
   */
  static Instant dateTime(String text) {
    OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
    requireFourDigits(time.getYear());
    return time.toInstant();
  }

  private static void requireFourDigits(int year) {
    if (year < 1 || year > 9999) {
      throw new DateTimeException("The year is not between 1 and 9999");
    }
  }
}
