package io.satchel.platform.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.satchel.platform.problems.InputError;
import io.satchel.platform.problems.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The errors found while the parameters and the body of the current request were read. Reading
 * continues after an error, so that a client receives all of them at once, but no more than a
 * thousand, and as many as have short names: the response must not be larger than the request.
 */
@RequestScoped
public class InputErrors {

  private static final Pattern INDEX = Pattern.compile("/(\\d{1,9})(/|$)");

  private static final int MAX_ERRORS = 1_000;
  private static final int MAX_CHARACTERS = 64 * 1024;

  private final Map<String, InputError> errors = new LinkedHashMap<>();
  private int characters;

  /**
   * Adds an error, unless there is already one at the same location.
   *
   * @param pointer a JSON Pointer into the body, or / and the name of a parameter
   */
  public void add(String pointer, String detail) {
    // The name of a member can contain an unpaired surrogate, which UTF-8 cannot represent.
    String location = new String(pointer.getBytes(UTF_8), UTF_8);
    if (errors.isEmpty() || characters + location.length() <= MAX_CHARACTERS) {
      characters += location.length();
      errors.putIfAbsent(location, new InputError(location, detail));
    }
  }

  /**
   * Ends the request if there are any errors.
   *
   * @throws ProblemException 422 with all errors
   */
  void rejectIfAny() {
    if (!errors.isEmpty()) {
      throw toProblem(List.of());
    }
  }

  /**
   * Returns the problem that lists these errors and those found by Bean Validation. A value that
   * could not be read was validated as null, so violations at the same location are left out.
   */
  public ProblemException toProblem(List<InputError> violations) {
    Stream<InputError> others =
        violations.stream().filter(violation -> !errors.containsKey(violation.pointer()));
    return ProblemException.invalidInput(
        Stream.concat(errors.values().stream(), others)
            .sorted(Comparator.comparingInt(InputErrors::arrayIndex))
            .limit(MAX_ERRORS)
            .toList());
  }

  /** Returns the index of the array element that contains the error, or 0 without an array. */
  private static int arrayIndex(InputError error) {
    Matcher index = INDEX.matcher(error.pointer());
    return index.lookingAt() ? Integer.parseInt(index.group(1)) : 0;
  }

  /** Returns the error message for a value that does not have the given type. */
  static String expected(Class<?> type) {
    if (type == String.class) {
      return "must be a string";
    }
    if (type == Boolean.class) {
      return "must be true or false";
    }
    if (type == LocalDate.class) {
      return "must be a date, as in 2026-12-31, in the years 1 to 9999";
    }
    if (type.isEnum()) {
      return Stream.of(type.getEnumConstants())
          .map(String::valueOf)
          .collect(joining(", ", "must be one of: ", ""));
    }
    return List.class.isAssignableFrom(type) ? "must be a JSON array" : "must be a JSON object";
  }
}
