package io.satchel.items;

import io.satchel.platform.text.Nfc;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;
import org.openapitools.jackson.nullable.JsonNullable;

/** A merge patch of an item (RFC 7396): absent members stay unchanged. */
@Schema(additionalProperties = Schema.False.class)
record ItemChange(
    @Schema(
            implementation = String.class,
            minLength = 1,
            maxLength = 200,
            pattern = Item.TITLE_PORTABLE_PATTERN,
            examples = "Katana")
        JsonNullable<
                @NotNull @Pattern(regexp = Item.TITLE_PATTERN, message = Item.TITLE_MESSAGE)
                @CodePointLength(max = 200) String>
            title,
    @Schema(
            implementation = String.class,
            nullable = true,
            maxLength = 5000,
            examples = "One of a pair")
        JsonNullable<@CodePointLength(max = 5000) String> description,
    @Schema(ref = "Visibility") JsonNullable<@NotNull Visibility> visibility,
    @Schema(implementation = LocalDate.class, nullable = true, examples = "2026-12-31")
        JsonNullable<LocalDate> date) {

  ItemChange {
    title = Nfc.of(title);
  }

  void applyTo(Item item) {
    title.ifPresent(value -> item.title = value);
    description.ifPresent(value -> item.description = value);
    visibility.ifPresent(value -> item.visibility = value);
    date.ifPresent(value -> item.date = value);
  }
}
