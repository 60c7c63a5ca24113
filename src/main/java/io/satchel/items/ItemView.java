package io.satchel.items;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The representation of an item. */
@Schema(name = "Item")
@RegisterForReflection // Hibernate instantiates it.
public record ItemView(
    @Schema(examples = "1") long id,
    @Schema(examples = "Katana") String title,
    @Schema(nullable = true, examples = "One of a pair") String description,
    Visibility visibility,
    @Schema(implementation = LocalDate.class, nullable = true, examples = "2026-12-31")
        LocalDate date,
    @Schema(description = "The id of the user who owns the item.", examples = "1") long ownerId,
    @Schema(implementation = Instant.class, examples = "2026-11-20T09:30:00.000000Z")
        Instant createdAt,
    @Schema(implementation = Instant.class, examples = "2026-11-20T09:30:00.000000Z")
        Instant updatedAt) {

  /** The attributes of an item that the constructor takes. */
  static final List<String> ATTRIBUTES =
      List.of(
          "id", "title", "description", "visibility", "date", "ownerId", "createdAt", "updatedAt");

  static ItemView of(Item item) {
    return new ItemView(
        item.id,
        item.title,
        item.description,
        item.visibility,
        item.date,
        item.ownerId,
        item.createdAt,
        item.updatedAt);
  }

  /** Returns the length of the text. */
  int characters() {
    return title.length() + (description == null ? 0 : description.length());
  }

  static List<ItemView> of(List<Item> items) {
    return items.stream().map(ItemView::of).toList();
  }
}
