package io.satchel.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.RequestScoped;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The faults met while the parameters and the body of this request were read. Reading goes on after
 * each, so that a client hears of all of them at once.
 */
@RequestScoped
class Faults {

  private static final Pattern INDEX = Pattern.compile("/(\\d{1,9})(/|$)");

  private final Map<String, Fault> faults = new LinkedHashMap<>();

  /** Notes a fault, if it is the first in that place. */
  void add(String pointer, String detail) {
    // A member's name may hold half a surrogate pair, which no answer can repeat.
    String place = new String(pointer.getBytes(UTF_8), UTF_8);
    faults.putIfAbsent(place, new Fault(place, detail));
  }

  /** Throws the problem that lists these faults, if there are any. */
  void refuse() {
    if (!faults.isEmpty()) {
      throw problemWith(List.of());
    }
  }

  /**
   * The problem that lists these faults and those which validation found. What could not be read
   * was validated as null; the faults of that are no news.
   */
  Problem problemWith(List<Fault> violations) {
    Stream<Fault> news = violations.stream().filter(fault -> !faults.containsKey(fault.pointer()));
    return Problem.invalidInput(
        Stream.concat(faults.values().stream(), news)
            .sorted(Comparator.comparingInt(Faults::index))
            .toList());
  }

  /** The index of the element that a fault is in; 0 where there are no elements. */
  private static int index(Fault fault) {
    Matcher index = INDEX.matcher(fault.pointer());
    return index.lookingAt() ? Integer.parseInt(index.group(1)) : 0;
  }
}
