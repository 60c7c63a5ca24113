package io.satchel.items;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.satchel.auth.Caller;
import io.satchel.http.Cursor;
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

  /**
   * A page of what a caller may see who is no admin. Each branch reads no more rows than the page
   * and what is before it, however many there are that the caller may not see.
   */
  private static final String PAGE_OF_VISIBLE =
      """
      select * from (
        (select * from items where visibility = 'public' and id > :after
         order by id limit :end)
        union all
        (select * from items where visibility = 'private' and owner_id = :caller and id > :after
         order by id limit :end)
      ) as item
      order by id limit :limit offset :skip
      """;

  private static final String FIRST_OF_EACH_OWNER =
      """
      select item.*
      from unnest(:owners) as owner (id)
      cross join lateral (
        select * from items
        where owner_id = owner.id and (visibility = 'public' or owner_id = :caller or :admin)
        order by id limit :limit
      ) as item
      order by item.owner_id, item.id
      """;

  private VisibleItems() {}

  /** The item with that id, if the caller may see it. */
  static PanacheQuery<Item> withId(long id, Caller caller) {
    return Item.find(VISIBLE, id, caller.id(), caller.isAdmin());
  }

  /** The items after the cursor that the caller may see, by id. */
  static List<Item> list(Caller caller, Cursor after, int skip, int limit) {
    if (caller.isAdmin()) {
      return Item.<Item>find("id > ?1 order by id", Cursor.idOf(after))
          .range(skip, skip + limit - 1)
          .list();
    }
    return Panache.getSession()
        .createNativeQuery(PAGE_OF_VISIBLE, Item.class)
        .setParameter("caller", caller.id())
        .setParameter("after", Cursor.idOf(after))
        .setParameter("end", skip + limit)
        .setParameter("limit", limit)
        .setParameter("skip", skip)
        .getResultList();
  }

  /** The items of that owner after the cursor that the caller may see, by id. */
  static List<Item> listOfOwner(long ownerId, Caller caller, Cursor after, int skip, int limit) {
    String visible = caller.isSelf(ownerId) ? "" : "visibility = PUBLIC and ";
    return Item.<Item>find(
            visible + "ownerId = ?1 and id > ?2 order by id", ownerId, Cursor.idOf(after))
        .range(skip, skip + limit - 1)
        .list();
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
