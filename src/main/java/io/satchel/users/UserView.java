package io.satchel.users;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.satchel.auth.Caller;
import io.satchel.items.FirstItems;
import io.satchel.items.ItemView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The representation of a user. */
@Schema(name = "User")
@RegisterForReflection // Hibernate instantiates it.
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
    @Schema(implementation = Instant.class, examples = "2026-11-20T09:30:00.000000Z")
        Instant createdAt,
    @Schema(implementation = Instant.class, examples = "2026-11-20T09:30:00.000000Z")
        Instant updatedAt,
    @Schema(
            description =
                "The first items of the user by id, at most 100. A list of users has at most 10 of"
                    + " one user if more would make it too large.")
        List<ItemView> items,
    @Schema(description = "Whether the user has more items.", examples = "false")
        boolean hasMoreItems) {

  /** The attributes of a user that the constructor without items takes. */
  static final List<String> ATTRIBUTES =
      List.of(
          "id",
          "email",
          "isVerified",
          "pendingEmail",
          "username",
          "firstName",
          "lastName",
          "isActive",
          "isAdmin",
          "createdAt",
          "updatedAt");

  /** Creates the representation of a user without items. */
  UserView(
      long id,
      String email,
      boolean isVerified,
      String pendingEmail,
      String username,
      String firstName,
      String lastName,
      boolean isActive,
      boolean isAdmin,
      Instant createdAt,
      Instant updatedAt) {
    this(
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
        user.updatedAt);
  }

  /** Returns the representation of a user with the items that the caller may see. */
  static UserView of(User user, Caller caller) {
    return of(user).withItems(FirstItems.ofOwner(user.id, caller));
  }

  /** Adds to each of the users the items that the caller may see. */
  static List<UserView> withItems(List<UserView> users, Caller caller) {
    Map<Long, FirstItems> first =
        FirstItems.ofEachOwner(users.stream().map(UserView::id).toList(), caller);
    return users.stream()
        .map(user -> user.withItems(first.getOrDefault(user.id, FirstItems.NONE)))
        .toList();
  }

  private UserView withItems(FirstItems first) {
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
        first.items(),
        first.hasMore());
  }
}
