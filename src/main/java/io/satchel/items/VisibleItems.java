package io.satchel.items;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.satchel.auth.Caller;
import io.satchel.platform.pagination.KeysetQuery;
import io.satchel.platform.pagination.Row;
import io.satchel.platform.pagination.SortOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;

/**
 * The items that a caller may see: public ones and the caller's own, or all for an admin. All
 * queries that return items are here, so that each of them checks the visibility.
 */
public final class VisibleItems {

  private static final String VISIBLE_BY_ID =
      "id = ?1 and (visibility = PUBLIC or ownerId = ?2 or ?3 = true)";

  private static final String PUBLIC_OF_OWNER = "ownerId = :owner and visibility = PUBLIC";
  private static final String PRIVATE_OF_OWNER = "ownerId = :owner and visibility = PRIVATE";

  /** Always the same number, so that there are few different statements. */
  private static final int OWNERS_PER_QUERY = 25;

  private VisibleItems() {}

  /** Returns the query for the item with the given id. */
  static PanacheQuery<Item> byId(long id, Caller caller) {
    return Item.find(VISIBLE_BY_ID, id, caller.id(), caller.isAdmin());
  }

  /** Returns the query for the items that match a request. */
  static KeysetQuery<ItemView> list(ItemsPageRequest request, Caller caller) {
    KeysetQuery<ItemView> items =
        request.ownerId() == null
            ? all(request.visibility(), caller)
            : allOfOwner(request.ownerId(), request.visibility(), caller);
    return request.applyFilters(items);
  }

  /** Returns the query for the items of an owner that match a request. */
  public static KeysetQuery<ItemView> listOfOwner(
      long ownerId, ItemsPageRequest request, Caller caller) {
    return request
        .applyFilters(allOfOwner(ownerId, request.visibility(), caller))
        .where("ownerId = :owner_id", "owner_id", request.ownerId());
  }

  /** Returns the query for all items of a visibility, or of any visibility if it is null. */
  static KeysetQuery<ItemView> all(Visibility visibility, Caller caller) {
    KeysetQuery<ItemView> items = none();
    if (visibility != Visibility.PRIVATE) {
      items.addPartition("visibility = PUBLIC");
    }
    if (visibility != Visibility.PUBLIC && caller.isAdmin()) {
      items.addPartition("visibility = PRIVATE");
    } else if (visibility != Visibility.PUBLIC) {
      items.addPartition(PRIVATE_OF_OWNER).bind("owner", caller.id());
    }
    return items;
  }

  static KeysetQuery<ItemView> allOfOwner(long ownerId, Visibility visibility, Caller caller) {
    KeysetQuery<ItemView> items = none().bind("owner", ownerId);
    if (visibility != Visibility.PRIVATE) {
      items.addPartition(PUBLIC_OF_OWNER);
    }
    if (visibility != Visibility.PUBLIC && caller.isSelfOrAdmin(ownerId)) {
      items.addPartition(PRIVATE_OF_OWNER);
    }
    return items;
  }

  /** Returns the first items of an owner by id, and reads no other rows. */
  static List<ItemView> firstOfOwner(long ownerId, Caller caller, int limit) {
    return allOfOwner(ownerId, null, caller)
        .onPrimary()
        .page(SortOrder.byId(), null, 0, limit)
        .stream()
        .map(Row::value)
        .toList();
  }

  /** Returns the first items of each owner by id, and reads no other rows. */
  static Map<Long, List<ItemView>> firstOfEachOwner(List<Long> ownerIds, Caller caller, int limit) {
    return ownerIds.stream()
        .gather(Gatherers.windowFixed(OWNERS_PER_QUERY))
        .flatMap(some ->
            ofEachOwner(some, caller)
                .firstOfEachPartition(limit, 2 * limit * OWNERS_PER_QUERY)
                .stream())
        .sorted(comparingLong(ItemView::id))
        .collect(
            groupingBy(
                ItemView::ownerId,
                collectingAndThen(toList(), all -> all.subList(0, Math.min(all.size(), limit)))));
  }

  /** Returns a query with two partitions for each owner. There is no owner 0. */
  private static KeysetQuery<ItemView> ofEachOwner(List<Long> ownerIds, Caller caller) {
    KeysetQuery<ItemView> items = none().onPrimary();
    for (int i = 0; i < OWNERS_PER_QUERY; i++) {
      long owner = i < ownerIds.size() ? ownerIds.get(i) : 0;
      items.bind("owner" + i, owner);
      items.addPartition(PUBLIC_OF_OWNER.replace(":owner", ":owner" + i));
      if (caller.isSelfOrAdmin(owner)) {
        items.addPartition(PRIVATE_OF_OWNER.replace(":owner", ":owner" + i));
      }
    }
    return items;
  }

  private static KeysetQuery<ItemView> none() {
    return new KeysetQuery<>(Item.class, ItemView.class, ItemView.ATTRIBUTES);
  }
}
