package io.satchel.users;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Knows what items users own. The package that keeps items implements it, so that users need not
 * know of items, as items know of users.
 */
public interface OwnedItems {

  /**
   * The first items, by id, of each of these users who owns any; in one statement for all of them.
   */
  Map<Long, List<OwnedItem>> firstOf(Collection<Long> userIds, int limit);
}
