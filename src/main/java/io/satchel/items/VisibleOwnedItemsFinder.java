package io.satchel.items;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.satchel.auth.Caller;
import io.satchel.users.OwnedItemsFinder;
import io.satchel.users.OwnedItemsFinder.OwnedItem;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Finds the items in the representations of their owners. */
@Singleton
class VisibleOwnedItemsFinder implements OwnedItemsFinder {

  @Inject Caller caller;

  @Override
  public List<OwnedItem> findFirst(long userId, int limit) {
    return List.copyOf(VisibleItems.firstOfOwner(userId, caller, limit));
  }

  @Override
  public Map<Long, List<OwnedItem>> findFirst(Collection<Long> userIds, int limit) {
    return VisibleItems.firstOfEachOwner(userIds, caller, limit).stream()
        .collect(groupingBy(ItemView::ownerId, mapping(OwnedItem.class::cast, toList())));
  }
}
