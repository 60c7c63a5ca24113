package io.satchel.platform.pagination;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in a list: directly after one row. Clients treat it as opaque, so that its content can
 * change.
 *
 * @param listId identifies the list with its filters and its sort order
 * @param key the value of the row that the list is sorted by, or an empty string if that is the id
 * @param id the id of the row
 */
public record Cursor(String listId, String key, long id) {

  static final String INVALID = "must be a cursor from a Link header";

  private static final Pattern PARTS =
      Pattern.compile("([\\w-]+) (-?\\d{1,19}) (.*)", Pattern.DOTALL);

  /**
   * Parses the result of {@link #toString}.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  static Cursor parse(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      Matcher parts = PARTS.matcher(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)));
      if (parts.matches()) {
        Cursor cursor = new Cursor(parts.group(1), parts.group(3), Long.parseLong(parts.group(2)));
        if (cursor.toString().equals(text)) {
          return cursor;
        }
      }
    } catch (CharacterCodingException e) {
      // Reported below, like any other text that is not a cursor.
    }
    throw new IllegalArgumentException(INVALID);
  }

  @Override
  public String toString() {
    byte[] parts = "%s %d %s".formatted(listId, id, key).getBytes(UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(parts);
  }
}
