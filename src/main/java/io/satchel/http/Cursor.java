package io.satchel.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;

/**
 * A place in a list that is ordered by id: just after that one. Opaque to clients, so that it may
 * come to mean more.
 */
public record Cursor(long id) {

  /**
   * The cursor that {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when it wrote no such thing
   */
  static Cursor parse(String text) {
    String id = new String(Base64.getUrlDecoder().decode(text), US_ASCII);
    Cursor cursor = new Cursor(Long.parseLong(id));
    if (!cursor.toString().equals(text)) {
      throw new IllegalArgumentException("no cursor of ours");
    }
    return cursor;
  }

  /** The id after which a list goes on: before the first of all, when there is no cursor. */
  public static long idOf(Cursor cursor) {
    return cursor == null ? 0 : cursor.id;
  }

  @Override
  public String toString() {
    byte[] id = Long.toString(this.id).getBytes(US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }
}
