package io.satchel.items;

import io.satchel.auth.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The first items of a user by id, at most 100. In a list of users, only 10 if more of them would
 * make the page too large.
 *
 * @param hasMore whether the user has other items
 */
public record FirstItems(List<ItemView> items, boolean hasMore) {

  public static final FirstItems NONE = new FirstItems(List.of(), false);

  private static final int MAX = 100;
  private static final int FEW = 10;

  /** Of titles and descriptions beyond the first few items, in one list of users. */
  private static final int MAX_CHARACTERS = 4 * 1024 * 1024;

  /** Returns the first items of an owner that the caller may see. */
  public static FirstItems ofOwner(long ownerId, Caller caller) {
    return of(VisibleItems.firstOfOwner(ownerId, caller, MAX + 1), MAX);
  }

  /** Returns the first items of each owner that the caller may see. Not all owners have some. */
  public static Map<Long, FirstItems> ofEachOwner(List<Long> ownerIds, Caller caller) {
    Map<Long, FirstItems> all = new HashMap<>();
    VisibleItems.firstOfEachOwner(ownerIds, caller, FEW + 1)
        .forEach((owner, found) -> all.put(owner, of(found, FEW)));
    int characters = 0;
    for (Map.Entry<Long, FirstItems> few : all.entrySet()) {
      if (few.getValue().hasMore && characters < MAX_CHARACTERS) {
        few.setValue(ofOwner(few.getKey(), caller));
        characters += few.getValue().characters();
      }
    }
    return all;
  }

  private static FirstItems of(List<ItemView> found, int max) {
    return new FirstItems(found.subList(0, Math.min(found.size(), max)), found.size() > max);
  }

  private int characters() {
    return items.stream().mapToInt(ItemView::characters).sum();
  }
}
