package io.satchel.http;

import jakarta.inject.Inject;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the parameters of paths and queries; what cannot be read is noted, and zero or null stands
 * for it.
 */
@Provider
class Parameters implements ParamConverterProvider {

  private static final Pattern DIGITS = Pattern.compile("-?[0-9]+");

  private record Kind<T>(Function<String, T> read, T standIn, String fault) {}

  private static final Kind<Integer> INT =
      new Kind<>(text -> Integer.valueOf(digits(text)), 0, "must be a whole number of 32 bits");
  private static final Kind<Long> LONG =
      new Kind<>(text -> Long.valueOf(digits(text)), 0L, "must be a whole number of 64 bits");
  private static final Kind<Cursor> CURSOR = new Kind<>(Cursor::parse, null, Cursor.FAULT);

  private static final Kind<Long> OPTIONAL_LONG = new Kind<>(LONG.read, null, LONG.fault);
  private static final Kind<Boolean> FLAG = choice(Boolean.class, List.of(true, false));
  private static final Kind<LocalDate> DAY =
      new Kind<>(Times::day, null, "must be " + FaultNoter.inWords(LocalDate.class));
  private static final Kind<Instant> TIME =
      new Kind<>(Times::instant, null, "must be a time, as in 2026-12-31T09:30:00Z");

  private static final Map<Class<?>, Kind<?>> KINDS =
      Map.of(
          int.class, INT,
          long.class, LONG,
          Long.class, OPTIONAL_LONG,
          Boolean.class, FLAG,
          LocalDate.class, DAY,
          Instant.class, TIME,
          Cursor.class, CURSOR);

  @Inject Faults faults;

  @Override
  @SuppressWarnings("unchecked") // each kind is kept under its own type
  public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
    Kind<T> kind =
        type.isEnum() ? choice(type, List.of(type.getEnumConstants())) : (Kind<T>) KINDS.get(type);
    return kind == null ? null : new Converter<>(kind, "/" + name(annotations), faults);
  }

  /** The text itself, if Java would not take more for a number than JSON does. */
  private static String digits(String text) {
    if (!DIGITS.matcher(text).matches()) {
      throw new IllegalArgumentException("no whole number");
    }
    return text;
  }

  /** One of these values, as it is written. */
  private static <T> Kind<T> choice(Class<T> type, List<T> values) {
    return new Kind<>(
        text ->
            Named.of(text, values).orElseThrow(() -> new IllegalArgumentException("none of these")),
        null,
        "must be " + FaultNoter.inWords(type));
  }

  private static String name(Annotation[] annotations) {
    return Stream.of(annotations)
        .map(annotation ->
            switch (annotation) {
              case PathParam path -> path.value();
              case QueryParam query -> query.value();
              default -> null;
            })
        .filter(name -> name != null)
        .findFirst()
        .orElseThrow();
  }

  private record Converter<T>(Kind<T> kind, String pointer, Faults faults)
      implements ParamConverter<T> {

    @Override
    public T fromString(String value) {
      try {
        return kind.read.apply(value);
      } catch (IllegalArgumentException | DateTimeException e) {
        faults.add(pointer, kind.fault);
        return kind.standIn;
      }
    }

    @Override
    public String toString(T value) {
      return value.toString();
    }
  }
}
