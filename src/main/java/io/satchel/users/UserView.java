package io.satchel.users;

import io.satchel.http.Representation;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A user, as a client sees one. */
@Schema(name = "User")
record UserView(
    @Schema(examples = "1") long id,
    @Schema(format = "email", examples = "deadpool@example.com") String email,
    @Schema(nullable = true, examples = "deadpool") String username,
    @Schema(nullable = true, examples = "Wade") String firstName,
    @Schema(nullable = true, examples = "Wilson") String lastName,
    @Schema(description = "Whether the user may sign in.", examples = "true") boolean isActive,
    @Schema(description = "Whether the user may do everything.", examples = "false")
        boolean isAdmin,
    @Schema(implementation = Instant.class, examples = "2026-11-20T09:30:00Z") Instant createdAt,
    @Schema(implementation = Instant.class, examples = "2026-11-20T09:30:00Z") Instant updatedAt,
    @Schema(description = "The user's first items by id, at most 100.") List<OwnedItem> items,
    @Schema(description = "Whether the user has more items than these.", examples = "false")
        boolean hasMoreItems)
    implements Representation {

  /** How many items a user is shown with. */
  static final int ITEMS = 100;

  /**
   * The user with the items that come first, of which there is one more than are shown if there are
   * so many.
   */
  static UserView of(User user, List<OwnedItem> first) {
    return new UserView(
        user.id,
        user.email,
        user.username,
        user.firstName,
        user.lastName,
        user.isActive,
        user.isAdmin,
        user.createdAt,
        user.updatedAt,
        first.subList(0, Math.min(first.size(), ITEMS)),
        first.size() > ITEMS);
  }

  /** When the user or one of these items changed last. */
  @Override
  public Instant lastModified() {
    return Stream.concat(Stream.of(updatedAt), items.stream().map(OwnedItem::lastModified))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** An item that was deleted leaves no date behind. */
  @Override
  public boolean datesAllChanges() {
    return false;
  }
}
