package io.satchel.items;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.persistence.EnumeratedValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who may see an item. */
@Schema(
    description =
        "Who may see an item: every user (public, the default), or its owner and admins (private).")
public enum Visibility {
  @JsonProperty("public")
  PUBLIC("public"),

  @JsonProperty("private")
  PRIVATE("private");

  @EnumeratedValue private final String text;

  Visibility(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
