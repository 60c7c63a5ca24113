package io.satchel.items;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The representation of an item. */
@Schema(name = "Item")
public record ItemView(
    @Schema(examples = "1") long id,
    @Schema(examples = "Katana") String title,
    @Schema(nullable = true, examples = "One of a pair") String description,
    Visibility visibility,
    @Schema(implementation = LocalDate.class, nullable = true, examples = "2026-12-31")
        LocalDate date,
    @Schema(description = "The id of the user who owns the item.", examples = "1") long ownerId,
    @Schema(implementation = Instant.class, examples = "2026-11-20T09:30:00Z") Instant createdAt,
    @Schema(implementation = Instant.class, examples = "2026-11-20T09:30:00Z") Instant updatedAt) {

  /** The columns that {@link #of(ResultSet)} reads. */
  static final String COLUMNS =
      "id, title, description, visibility, date, owner_id, created_at, updated_at";

  static ItemView of(ResultSet row) throws SQLException {
    return new ItemView(
        row.getLong("id"),
        row.getString("title"),
        row.getString("description"),
        Visibility.of(row.getString("visibility")),
        row.getObject("date", LocalDate.class),
        row.getLong("owner_id"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }

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

  static List<ItemView> of(List<Item> items) {
    return items.stream().map(ItemView::of).toList();
  }
}
