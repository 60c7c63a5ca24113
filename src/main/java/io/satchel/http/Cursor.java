package io.satchel.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a list: just after that row. Opaque to clients, so that it may come to mean more.
 *
 * @param list what tells the list that it was made for from others
 * @param key the value of the row that the list is ordered by
 * @param id the id of the row
 */
public record Cursor(String list, String key, long id) {

  /** What is wrong with a cursor that was made up. */
  public static final String FAULT = "must be a cursor as a Link header carries it";

  private static final Pattern PARTS =
      Pattern.compile("([\\w-]+) (-?\\d{1,19}) (.*)", Pattern.DOTALL);

  /**
   * The cursor that {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when it wrote no such thing
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
      // told below, as is all else that was not written here
    }
    throw new IllegalArgumentException("no cursor of ours");
  }

  @Override
  public String toString() {
    byte[] parts = "%s %d %s".formatted(list, id, key).getBytes(UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(parts);
  }
}
