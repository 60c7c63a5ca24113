package io.satchel.accounts;

import io.satchel.items.ItemView;
import io.satchel.users.User;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All data of a user, for the OpenAPI description. The items are streamed. */
@Schema(name = "AccountExport")
record AccountExport(
    Profile user,
    @Schema(description = "The sessions that have not ended.") List<SessionView> sessions,
    @Schema(description = "All items of the user by id.") List<ItemView> items) {

  /** What the service knows about the user, except for the hash of the password. */
  @Schema(name = "Profile")
  record Profile(
      @Schema(examples = "1") long id,
      @Schema(format = "email", examples = "deadpool@example.com") String email,
      @Schema(examples = "true") boolean isVerified,
      @Schema(nullable = true, format = "email", examples = "wade@example.com") String pendingEmail,
      @Schema(nullable = true, examples = "deadpool") String username,
      @Schema(nullable = true, examples = "Wade") String firstName,
      @Schema(nullable = true, examples = "Wilson") String lastName,
      @Schema(examples = "true") boolean isActive,
      @Schema(examples = "false") boolean isAdmin,
      @Schema(implementation = Instant.class, examples = "2026-11-20T09:30:00.000000Z")
          Instant createdAt,
      @Schema(implementation = Instant.class, examples = "2026-11-20T09:30:00.000000Z")
          Instant updatedAt) {

    static Profile of(User user) {
      return new Profile(
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
  }
}
