package io.satchel.users;

import static java.util.stream.Collectors.groupingBy;

import io.satchel.auth.Caller;
import io.satchel.items.ItemView;
import io.satchel.items.VisibleItems;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The representation of a user. */
@Schema(name = "User")
record UserView(
    @Schema(examples = "1") long id,
    @Schema(format = "email", examples = "deadpool@example.com") String email,
    @Schema(
            description = "Whether the user has opened the link in an e-mail to this address.",
            examples = "true")
        boolean isVerified,
    @Schema(
            nullable = true,
            format = "email",
            description = "The address that replaces email as soon as it is verified.",
            examples = "wade@example.com")
        String pendingEmail,
    @Schema(nullable = true, examples = "deadpool") String username,
    @Schema(nullable = true, examples = "Wade") String firstName,
    @Schema(nullable = true, examples = "Wilson") String lastName,
    @Schema(description = "Whether the user can log in.", examples = "true") boolean isActive,
    @Schema(description = "Whether the user may do everything.", examples = "false")
        boolean isAdmin,
    @Schema(implementation = Instant.class, examples = "2026-11-20T09:30:00Z") Instant createdAt,
    @Schema(implementation = Instant.class, examples = "2026-11-20T09:30:00Z") Instant updatedAt,
    @Schema(description = "The first items of the user by id, at most 100.") List<ItemView> items,
    @Schema(description = "Whether the user has more items.", examples = "false")
        boolean hasMoreItems) {

  private static final int MAX_ITEMS = 100;

  /** The columns that {@link #of(ResultSet)} reads. */
  static final String COLUMNS =
      "id, email, is_verified, pending_email, username, first_name, last_name, is_active, is_admin, created_at, updated_at";

  /** Returns the representation of a user without items. */
  static UserView of(ResultSet row) throws SQLException {
    return new UserView(
        row.getLong("id"),
        row.getString("email"),
        row.getBoolean("is_verified"),
        row.getString("pending_email"),
        row.getString("username"),
        row.getString("first_name"),
        row.getString("last_name"),
        row.getBoolean("is_active"),
        row.getBoolean("is_admin"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
        List.of(),
        false);
  }

  /** Returns the representation of a user without items. */
  static UserView of(User user) {
    return new UserView(
        user.id,
        user.email,
        user.isVerified,
        user.pendingEmail,
        user.username,
        user.firstName,
        user.lastName,
        user.isActive,
        user.isAdmin,
        user.createdAt,
        user.updatedAt,
        List.of(),
        false);
  }

  /** Returns the representation of a user with the items that the caller may see. */
  static UserView of(User user, Caller caller) {
    return of(user).withItems(VisibleItems.firstOfOwner(user.id, caller, MAX_ITEMS + 1));
  }

  /** Adds to each of the users the items that the caller may see. */
  static List<UserView> withItems(List<UserView> users, Caller caller) {
    List<Long> ids = users.stream().map(UserView::id).toList();
    Map<Long, List<ItemView>> first =
        VisibleItems.firstOfEachOwner(ids, caller, MAX_ITEMS + 1).stream()
            .collect(groupingBy(ItemView::ownerId));
    return users.stream()
        .map(user -> user.withItems(first.getOrDefault(user.id, List.of())))
        .toList();
  }

  /** Adds the given items, one more than the representation can have if there are more. */
  private UserView withItems(List<ItemView> found) {
    return new UserView(
        id,
        email,
        isVerified,
        pendingEmail,
        username,
        firstName,
        lastName,
        isActive,
        isAdmin,
        createdAt,
        updatedAt,
        found.subList(0, Math.min(found.size(), MAX_ITEMS)),
        found.size() > MAX_ITEMS);
  }
}
