package io.satchel.platform.input;

import static java.time.temporal.ChronoUnit.MICROS;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses dates and times as in RFC 3339, in the years 1 to 9999. */
final class Rfc3339 {

  private static final int DATE_LENGTH = "2026-12-31".length();

  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(?<date>[0-9-]{10})[Tt](?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(\\.(?<fraction>[0-9]+))?"
              + "([Zz]|(?<sign>[+-])(?<offset>[0-9]{2}:[0-9]{2}))");

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
   * Parses a date-time (section 5.6), and truncates it to microseconds, as PostgreSQL stores times.
   *
   * @throws DateTimeException if the text is not one, or a leap second
   */
  static Instant dateTime(String text) {
    Matcher parts = DATE_TIME.matcher(text);
    if (!parts.matches()) {
      throw new DateTimeException("not a date-time");
    }
    LocalDateTime local =
        LocalDateTime.of(date(parts.group("date")), LocalTime.parse(parts.group("time")));
    String fraction =
        (Objects.requireNonNullElse(parts.group("fraction"), "") + "000000").substring(0, 6);
    Instant time =
        local.toInstant(ZoneOffset.UTC).plus(Long.parseLong(fraction), MICROS).minus(offset(parts));
    requireFourDigits(time.atOffset(ZoneOffset.UTC).getYear());
    return time;
  }

  /** Offsets have up to 23 hours and 59 minutes. Java's have up to 18 hours. */
  private static Duration offset(Matcher parts) {
    if (parts.group("sign") == null) {
      return Duration.ZERO;
    }
    LocalTime size = LocalTime.parse(parts.group("offset"));
    Duration offset = Duration.ofSeconds(size.toSecondOfDay());
    return parts.group("sign").equals("-") ? offset.negated() : offset;
  }

  private static void requireFourDigits(int year) {
    if (year < 1 || year > 9999) {
      throw new DateTimeException("The year is not between 1 and 9999");
    }
  }
}
