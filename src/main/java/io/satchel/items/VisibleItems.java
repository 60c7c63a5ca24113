package io.satchel.items;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.satchel.auth.Caller;
import io.satchel.lists.Listing;
import java.util.Collection;
import java.util.List;

/**
 * The items that a caller may see: what is public, and what is the caller's own; to an admin, all.
 * There is no other way to items that were not just made.
 */
final class VisibleItems {

  /** An item that is public, or the caller's own, or that an admin asks for. */
  private static final String VISIBLE =
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

  /** The item with that id, if the caller may see it. */
  static PanacheQuery<Item> withId(long id, Caller caller) {
    return Item.find(VISIBLE, id, caller.id(), caller.isAdmin());
  }

  /** The items that the query asks for, of those that the caller may see. */
  static Listing<Item> list(ItemsQuery query, Caller caller) {
    Listing<Item> items =
        query.ownerId() == null
            ? all(query.visibility(), caller)
            : allOfOwner(query.ownerId(), query.visibility(), caller);
    return query.filter(items);
  }

  /** The items of that owner that the query asks for, of those that the caller may see. */
  static Listing<Item> listOfOwner(long ownerId, ItemsQuery query, Caller caller) {
    return query
        .filter(allOfOwner(ownerId, query.visibility(), caller))
        .where("owner_id = :owner_id", "owner_id", query.ownerId());
  }

  /** All items of that visibility, or of any if that is null, that the caller may see. */
  static Listing<Item> all(Visibility visibility, Caller caller) {
    Listing<Item> items = Listing.of(Item.class, "items");
    if (visibility != Visibility.PRIVATE) {
      items.with("visibility = 'public'");
    }
    if (visibility != Visibility.PUBLIC && caller.isAdmin()) {
      items.with("visibility = 'private'");
    } else if (visibility != Visibility.PUBLIC) {
      items.with(PRIVATE_OF_OWNER).set("owner", caller.id());
    }
    return items;
  }

  private static Listing<Item> allOfOwner(long ownerId, Visibility visibility, Caller caller) {
    Listing<Item> items = Listing.of(Item.class, "items").set("owner", ownerId);
    if (visibility != Visibility.PRIVATE) {
      items.with(PUBLIC_OF_OWNER);
    }
    if (visibility != Visibility.PUBLIC && caller.isSelf(ownerId)) {
      items.with(PRIVATE_OF_OWNER);
    }
    return items;
  }

  /**
   * The first items of each of these owners that the caller may see, by owner and id; it reads no
   * more rows than those, for owners and admins.
   */
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
