package io.satchel.users;

import io.satchel.platform.conditional.Representation;
import io.satchel.users.OwnedItemsFinder.OwnedItem;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The representation of a user. */
@Schema(name = "User")
record UserView(
    @Schema(examples = "1") long id,
    @Schema(format = "email", examples = "deadpool@example.com") String email,
    @Schema(nullable = true, examples = "deadpool") String username,
    @Schema(nullable = true, examples = "Wade") String firstName,
    @Schema(nullable = true, examples = "Wilson") String lastName,
    @Schema(description = "Whether the user can log in.", examples = "true") boolean isActive,
    @Schema(description = "Whether the user may do everything.", examples = "false")
        boolean isAdmin,
    @Schema(implementation = Instant.class, examples = "2026-11-20T09:30:00Z") Instant createdAt,
    @Schema(implementation = Instant.class, examples = "2026-11-20T09:30:00Z") Instant updatedAt,
    @Schema(description = "The first items of the user by id, at most 100.") List<OwnedItem> items,
    @Schema(description = "Whether the user has more items.", examples = "false")
        boolean hasMoreItems)
    implements Representation {

  private static final int MAX_ITEMS = 100;

  /** Returns the representation of a user with the items that the caller may see. */
  static UserView of(User user, OwnedItemsFinder items) {
    return of(List.of(user), items).getFirst();
  }

  /** Returns the representations of users with the items that the caller may see. */
  static List<UserView> of(List<User> users, OwnedItemsFinder items) {
    List<Long> ids = users.stream().map(user -> user.id).toList();
    Map<Long, List<OwnedItem>> first = items.findFirst(ids, MAX_ITEMS + 1);
    return users.stream()
        .map(user -> UserView.of(user, first.getOrDefault(user.id, List.of())))
        .toList();
  }

  /** Returns the representation of a user with the given items, one more than shown if possible. */
  static UserView of(User user, List<OwnedItem> items) {
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
        items.subList(0, Math.min(items.size(), MAX_ITEMS)),
        items.size() > MAX_ITEMS);
  }

  /** Returns when the user or one of the items last changed. */
  @Override
  public Instant lastModified() {
    return Stream.concat(Stream.of(updatedAt), items.stream().map(OwnedItem::lastModified))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** The deletion of an item changes the representation, but not {@link #lastModified}. */
  @Override
  public boolean supportsIfModifiedSince() {
    return false;
  }
}
