package io.satchel.lists;

import io.satchel.http.Cursor;
import java.util.Map;
import java.util.Objects;

/** What a client asks of a list. */
public interface ListQuery {

  /** What stays the same from page to page: parameters and their values, those that were sent. */
  Map<String, Object> filters();

  /** Those of these filters that say something. */
  static Map<String, Object> present(Map<String, Object> filters) {
    filters.values().removeIf(Objects::isNull);
    return filters;
  }

  /** The text, if it asks for anything. */
  static String textOrNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }

  Order order();

  int skip();

  int limit();

  Cursor after();
}
