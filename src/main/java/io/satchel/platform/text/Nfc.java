package io.satchel.platform.text;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import org.openapitools.jackson.nullable.JsonNullable;

/** Normalises texts, so that composed and decomposed letters are the same (UAX #15, NFC). */
public final class Nfc {

  private Nfc() {}

  /** Returns a text in NFC, or null. */
  public static String of(String text) {
    return text == null ? null : Normalizer.normalize(text, Form.NFC);
  }

  /** Returns a member of a merge patch in NFC. */
  public static JsonNullable<String> of(JsonNullable<String> text) {
    return text.isPresent() ? JsonNullable.of(of(text.get())) : text;
  }
}
