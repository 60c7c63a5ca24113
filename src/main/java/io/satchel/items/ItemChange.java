package io.satchel.items;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;
import org.openapitools.jackson.nullable.JsonNullable;

/**
 * What somebody sends to change an item: a merge patch (RFC 7396), so absent members stay as they
 * are.
 */
@Schema(additionalProperties = Schema.False.class)
record ItemChange(
    @Schema(
            implementation = String.class,
            minLength = 1,
            maxLength = 200,
            pattern = Title.DESCRIBED,
            examples = "Katana")
        JsonNullable<
                @NotNull @Pattern(regexp = Title.PATTERN, message = Title.MESSAGE)
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

  void applyTo(Item item) {
    title.ifPresent(value -> item.title = value);
    description.ifPresent(value -> item.description = value);
    visibility.ifPresent(value -> item.visibility = value);
    date.ifPresent(value -> item.date = value);
  }
}
