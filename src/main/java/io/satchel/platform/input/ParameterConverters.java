package io.satchel.platform.input;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.quarkus.arc.All;
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
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Converts path and query parameters. A value that cannot be parsed is added to the {@link
 * InputErrors} of the request, and replaced by zero or null.
 */
@Provider
class ParameterConverters implements ParamConverterProvider {

  private static final Pattern DIGITS = Pattern.compile("-?[0-9]+");
  private static final String INT_ERROR = "must be a 32-bit whole number";
  private static final String LONG_ERROR = "must be a 64-bit whole number";
  private static final String TIME_ERROR =
      "must be a time, as in 2026-12-31T09:30:00Z, in the years 1 to 9999, and no leap second";

  private final Map<Class<?>, ParameterParser> formats;
  private final InputErrors errors;

  @Inject
  ParameterConverters(@All List<ParameterParser> otherFormats, InputErrors errors) {
    this.formats =
        Stream.concat(
                otherFormats.stream(),
                Stream.of(
                    new ParameterParser(
                        int.class, text -> Integer.valueOf(digits(text)), 0, INT_ERROR),
                    new ParameterParser(
                        long.class, text -> Long.valueOf(digits(text)), 0L, LONG_ERROR),
                    new ParameterParser(
                        Long.class, text -> Long.valueOf(digits(text)), null, LONG_ERROR),
                    new ParameterParser(UUID.class, UUID::fromString, null, "must be a UUID"),
                    choice(Boolean.class, List.of(true, false)),
                    new ParameterParser(
                        LocalDate.class,
                        Rfc3339::date,
                        null,
                        InputErrors.expected(LocalDate.class)),
                    new ParameterParser(Instant.class, Rfc3339::dateTime, null, TIME_ERROR)))
            .collect(toMap(ParameterParser::type, identity()));
    this.errors = errors;
  }

  @Override
  public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
    ParameterParser format =
        type.isEnum() ? choice(type, List.of(type.getEnumConstants())) : formats.get(type);
    return format == null ? null : new Converter<>(format, "/" + name(annotations), errors);
  }

  /** Returns the text if it is a number as JSON has it. Java accepts other digits and a plus. */
  private static String digits(String text) {
    if (!DIGITS.matcher(text).matches()) {
      throw new IllegalArgumentException("not a whole number");
    }
    return text;
  }

  private static ParameterParser choice(Class<?> type, List<?> values) {
    return new ParameterParser(
        type,
        text ->
            values.stream()
                .filter(value -> value.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not one of the values")),
        null,
        InputErrors.expected(type));
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

  private record Converter<T>(ParameterParser format, String pointer, InputErrors errors)
      implements ParamConverter<T> {

    @Override
    @SuppressWarnings("unchecked") // The format was found by its type.
    public T fromString(String value) {
      try {
        return (T) format.parser().apply(value);
      } catch (IllegalArgumentException | DateTimeException e) {
        errors.add(pointer, format.error());
        return (T) format.placeholder();
      }
    }

    @Override
    public String toString(T value) {
      return value.toString();
    }
  }
}
