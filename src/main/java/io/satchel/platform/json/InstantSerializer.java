package io.satchel.platform.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Writes times with six digits of a fraction, such as {@code 2026-11-20T09:30:00.123000Z}, so that
 * they sort as text. It is several times as fast as a formatter, which was half of the work for the
 * JSON of an item.
 */
public final class InstantSerializer extends StdSerializer<Instant> {

  @Serial private static final long serialVersionUID = 1;

  public InstantSerializer() {
    super(Instant.class);
  }

  @Override
  public void serialize(Instant value, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    LocalDateTime time = LocalDateTime.ofInstant(value, ZoneOffset.UTC);
    if (time.getYear() < 0 || time.getYear() > 9999) {
      json.writeString(value.toString());
      return;
    }
    char[] text = "0000-00-00T00:00:00.000000Z".toCharArray();
    write(time.getYear(), text, 0, 4);
    write(time.getMonthValue(), text, 5, 2);
    write(time.getDayOfMonth(), text, 8, 2);
    write(time.getHour(), text, 11, 2);
    write(time.getMinute(), text, 14, 2);
    write(time.getSecond(), text, 17, 2);
    write(time.getNano() / 1_000, text, 20, 6);
    json.writeString(text, 0, text.length);
  }

  private static void write(int number, char[] text, int start, int digits) {
    for (int i = start + digits - 1, rest = number; i >= start; i--, rest /= 10) {
      text[i] = (char) ('0' + rest % 10);
    }
  }
}
