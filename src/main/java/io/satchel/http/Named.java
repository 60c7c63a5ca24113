package io.satchel.http;

import java.util.List;
import java.util.Optional;

/** A value of several, by what it is called. */
final class Named {

  private Named() {}

  /** That of these which is written so. */
  static <T> Optional<T> of(String text, List<T> values) {
    return values.stream().filter(value -> value.toString().equals(text)).findFirst();
  }
}
