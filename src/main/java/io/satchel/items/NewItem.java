package io.satchel.items;

import io.satchel.platform.text.Nfc;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;
import org.openapitools.jackson.nullable.JsonNullable;

/** The body of a request that creates an item. */
@Schema(additionalProperties = Schema.False.class)
public record NewItem(
    @Schema(
            minLength = 1,
            maxLength = 200,
            pattern = Item.TITLE_PORTABLE_PATTERN,
            examples = "Katana")
        @NotNull
        @Pattern(regexp = Item.TITLE_PATTERN, message = Item.TITLE_MESSAGE)
        @CodePointLength(max = 200)
        String title,
    @Schema(nullable = true, maxLength = 5000, examples = "One of a pair")
        @CodePointLength(max = 5000)
        String description,
    @Schema(ref = "Visibility") JsonNullable<@NotNull Visibility> visibility,
    @Schema(implementation = LocalDate.class, nullable = true, examples = "2026-12-31")
        LocalDate date) {

  public NewItem {
    title = Nfc.of(title);
  }

  /** Returns how much memory the item takes while it is created, at most. */
  long bytes() {
    int characters = title.length() + (description == null ? 0 : description.length());
    return 2_048 + 8L * characters;
  }

  Item toItem(long ownerId) {
    Item item = new Item();
    item.ownerId = ownerId;
    item.title = title;
    item.description = description;
    visibility.ifPresent(value -> item.visibility = value);
    item.date = date;
    return item;
  }
}
