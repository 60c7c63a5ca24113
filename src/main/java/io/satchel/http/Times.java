package io.satchel.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Days and times as RFC 3339 writes them, of years that PostgreSQL has: there is none before 1. */
final class Times {

  private static final int LENGTH_OF_DAY = "2026-12-31".length();

  private Times() {}

  /**
   * A full-date (section 5.6).
   *
   * @throws DateTimeException when it is none
   */
  static LocalDate day(String text) {
    LocalDate day = LocalDate.parse(text);
    if (text.length() != LENGTH_OF_DAY) {
      throw new DateTimeException("a year of more than four digits");
    }
    requireCommonEra(day.getYear());
    return day;
  }

  /**
   * A date-time (section 5.6).
   *
   * @throws DateTimeException when it is none
   */
  static Instant instant(String text) {
    OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
    requireCommonEra(time.getYear());
    return time.toInstant();
  }

  private static void requireCommonEra(int year) {
    if (year < 1 || year > 9999) {
      throw new DateTimeException("a year of another era");
    }
  }
}
