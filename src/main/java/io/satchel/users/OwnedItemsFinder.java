package io.satchel.users;

import io.satchel.platform.conditional.Representation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Finds the items of users. The items package implements it, so that users do not depend on items,
 * which depend on users.
 */
public interface OwnedItemsFinder {

  /** An item in the representation of its owner. */
  @Schema(ref = "Item")
  interface OwnedItem extends Representation {}

  /** Returns the first items of a user by id, as far as the caller may see them. */
  List<OwnedItem> findFirst(long userId, int limit);

  /**
   * Returns the first items of each user by id, as far as the caller may see them, with one
   * statement for all users.
   */
  Map<Long, List<OwnedItem>> findFirst(Collection<Long> userIds, int limit);
}
