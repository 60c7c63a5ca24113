package io.satchel.items;

import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.satchel.auth.Caller;
import io.satchel.platform.pagination.KeysetQuery;
import io.satchel.platform.pagination.ListSession;
import io.satchel.platform.pagination.Row;
import io.satchel.platform.pagination.SortOrder;
import java.util.Collection;
import java.util.List;

/**
 * The items that a caller may see: public ones and the caller's own, or all for an admin. All
 * queries for items are here, so that each of them checks the visibility.
 */
public final class VisibleItems {

  private static final String VISIBLE_BY_ID =
      "id = ?1 and (visibility = PUBLIC or ownerId = ?2 or ?3 = true)";

  private static final String PUBLIC_OF_OWNER = "ownerId = :owner and visibility = PUBLIC";
  private static final String PRIVATE_OF_OWNER = "ownerId = :owner and visibility = PRIVATE";

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
  public static List<ItemView> firstOfOwner(long ownerId, Caller caller, int limit) {
    return allOfOwner(ownerId, null, caller).page(SortOrder.byId(), null, 0, limit).stream()
        .map(Row::value)
        .toList();
  }

  /**
   * Returns the first items of each owner, by owner and id, and reads no other rows. HQL has no
   * lateral join with a union.
   */
  public static List<ItemView> firstOfEachOwner(
      Collection<Long> ownerIds, Caller caller, int limit) {
    String columns =
        "id, title, description, visibility, date, owner_id, created_at, updated_at, version";
    String sql =
        """
        select %1$s
        from unnest(:owners) as owner (owner)
        cross join lateral (
          (select %1$s from items where owner_id = owner and visibility = 'public'
           order by (id + 0) limit %2$d)
          union all
          (select %1$s from items where owner_id = owner and visibility = 'private'
           and (owner_id = :caller or :admin) order by (id + 0) limit %2$d)
          order by id limit %2$d
        ) as item
        order by owner_id, id
        """
            .formatted(columns, limit);
    return ListSession.read(session ->
        ItemView.of(
            session
                .createNativeQuery(sql, Item.class)
                .setParameter("owners", ownerIds.toArray(Long[]::new))
                .setParameter("caller", caller.id())
                .setParameter("admin", caller.isAdmin())
                .getResultList()));
  }

  private static KeysetQuery<ItemView> none() {
    return new KeysetQuery<>(Item.class, ItemView.class, ItemView.ATTRIBUTES);
  }
}
