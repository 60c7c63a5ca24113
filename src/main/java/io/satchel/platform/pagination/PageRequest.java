package io.satchel.platform.pagination;

import java.util.Map;
import java.util.TreeMap;

/** A request for a page of a list. */
public interface PageRequest {

  /** Returns the parameters that stay the same from page to page, without those that are absent. */
  Map<String, Object> filters();

  /** Returns parameters by their names, in alphabetical order and without those that are null. */
  static Map<String, Object> filters(Object... namesAndValues) {
    Map<String, Object> filters = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1] != null) {
        filters.put((String) namesAndValues[i], namesAndValues[i + 1]);
      }
    }
    return filters;
  }

  /** Returns a search text, or null if it is blank. */
  static String textOrNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }

  SortOrder sortOrder();

  int skip();

  int limit();

  Cursor after();
}
