package io.satchel.http;

import jakarta.inject.Inject;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
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
  private static final Kind<Cursor> CURSOR =
      new Kind<>(Cursor::parse, null, "must be a cursor as a Link header carries it");

  private static final Map<Class<?>, Kind<?>> KINDS =
      Map.of(int.class, INT, long.class, LONG, Cursor.class, CURSOR);

  @Inject Faults faults;

  @Override
  @SuppressWarnings("unchecked") // each kind is kept under its own type
  public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
    Kind<T> kind = (Kind<T>) KINDS.get(type);
    return kind == null ? null : new Converter<>(kind, "/" + name(annotations), faults);
  }

  /** The text itself, if Java would not take more for a number than JSON does. */
  private static String digits(String text) {
    if (!DIGITS.matcher(text).matches()) {
      throw new IllegalArgumentException("no whole number");
    }
    return text;
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
      } catch (IllegalArgumentException e) {
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
