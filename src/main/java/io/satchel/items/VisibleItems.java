package io.satchel.items;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.satchel.auth.Caller;
import io.satchel.platform.pagination.KeysetQuery;
import java.util.Collection;
import java.util.List;

/**
 * The items that a caller may see: public ones and the caller's own, or all for an admin. All
 * queries for items are here, so that each of them checks the visibility.
 */
final class VisibleItems {

  private static final String VISIBLE_BY_ID =
      "id = ?1 and (visibility = PUBLIC or ownerId = ?2 or ?3 = true)";

  private static final String PUBLIC_OF_OWNER = "owner_id = :owner and visibility || '' = 'public'";
  private static final String PRIVATE_OF_OWNER =
      "owner_id = :owner and visibility || '' = 'private'";

  private static final String FIRST_OF_EACH_OWNER =
      """
      select item.*
      from unnest(:owners) as owner (id)
      cross join lateral (
        (select * from items where owner_id = owner.id and visibility || '' = 'public'
         order by (id + 0) limit :limit)
        union all
        (select * from items where owner_id = owner.id and visibility || '' = 'private'
         and (owner_id = :caller or :admin) order by (id + 0) limit :limit)
        order by id limit :limit
      ) as item
      order by item.owner_id, item.id
      """;

  private VisibleItems() {}

  /** Returns the query for the item with the given id. */
  static PanacheQuery<Item> byId(long id, Caller caller) {
    return Item.find(VISIBLE_BY_ID, id, caller.id(), caller.isAdmin());
  }

  /** Returns the query for the items that match a request. */
  static KeysetQuery<Item> list(ItemsPageRequest request, Caller caller) {
    KeysetQuery<Item> items =
        request.ownerId() == null
            ? all(request.visibility(), caller)
            : allOfOwner(request.ownerId(), request.visibility(), caller);
    return request.applyFilters(items);
  }

  /** Returns the query for the items of an owner that match a request. */
  static KeysetQuery<Item> listOfOwner(long ownerId, ItemsPageRequest request, Caller caller) {
    return request
        .applyFilters(allOfOwner(ownerId, request.visibility(), caller))
        .where("owner_id = :owner_id", "owner_id", request.ownerId());
  }

  /** Returns the query for all items of a visibility, or of any visibility if it is null. */
  static KeysetQuery<Item> all(Visibility visibility, Caller caller) {
    KeysetQuery<Item> items = KeysetQuery.of(Item.class, "items");
    if (visibility != Visibility.PRIVATE) {
      items.addPartition("visibility = 'public'");
    }
    if (visibility != Visibility.PUBLIC && caller.isAdmin()) {
      items.addPartition("visibility = 'private'");
    } else if (visibility != Visibility.PUBLIC) {
      items.addPartition(PRIVATE_OF_OWNER).bind("owner", caller.id());
    }
    return items;
  }

  private static KeysetQuery<Item> allOfOwner(long ownerId, Visibility visibility, Caller caller) {
    KeysetQuery<Item> items = KeysetQuery.of(Item.class, "items").bind("owner", ownerId);
    if (visibility != Visibility.PRIVATE) {
      items.addPartition(PUBLIC_OF_OWNER);
    }
    if (visibility != Visibility.PUBLIC && caller.isSelfOrAdmin(ownerId)) {
      items.addPartition(PRIVATE_OF_OWNER);
    }
    return items;
  }

  /** Returns the first items of each owner, by owner and id, and reads no other rows. */
  static List<Item> firstOfEachOwner(Collection<Long> ownerIds, Caller caller, int limit) {
    return Panache.getSession()
        .createNativeQuery(FIRST_OF_EACH_OWNER, Item.class)
        .setParameter("owners", ownerIds.toArray(Long[]::new))
        .setParameter("caller", caller.id())
        .setParameter("admin", caller.isAdmin())
        .setParameter("limit", limit)
        .getResultList();
  }
}
