package io.satchel.items;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who may see an item. */
@Schema(
    description =
        "Who may see an item: every user (public, the default), or its owner and admins (private).")
enum Visibility {
  @JsonProperty("public")
  PUBLIC("public"),

  @JsonProperty("private")
  PRIVATE("private");

  @EnumeratedValue private final String text;

  Visibility(String text) {
    this.text = text;
  }

  /** Returns the visibility with the given text. */
  static Visibility of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return text;
  }
}
