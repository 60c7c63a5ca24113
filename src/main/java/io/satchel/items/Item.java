package io.satchel.items;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.satchel.auth.Caller;
import io.satchel.data.Stored;
import io.satchel.data.Violations;
import io.satchel.http.Cursor;
import io.satchel.http.Problem;
import io.satchel.users.User;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.type.SqlTypes;

/** A thing that one user owns, for as long as that user exists. */
@Entity
@Table(name = "items")
public class Item extends Stored {

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

  public long ownerId;
  public String title;
  public String description;

  @Enumerated(EnumType.STRING)
  public Visibility visibility = Visibility.PUBLIC;

  /** The day that the item is about, if it is about one. */
  @JdbcTypeCode(SqlTypes.LOCAL_DATE) // and not java.sql.Date, whose October 1582 is ten days short
  public LocalDate date;

  /**
   * The item with that id.
   *
   * @throws Problem when there is none that the caller may see
   */
  static Item withId(long id, Caller caller) {
    return visible(id, caller).<Item>firstResultOptional().orElseThrow(Item::notFound);
  }

  /**
   * The item with that id, for a caller who owns it, or an admin. Nobody else changes it until this
   * transaction ends: of two changes at the same moment, the second starts from what the first
   * left.
   *
   * @throws Problem when there is none that the caller may see, or it is not for the caller to
   *     change
   */
  static Item toChange(long id, Caller caller) {
    Item item =
        visible(id, caller)
            .withLock(LockModeType.PESSIMISTIC_WRITE)
            .<Item>firstResultOptional()
            .orElseThrow(Item::notFound);
    caller.requireSelf(item.ownerId, Problem::forbidden);
    return item;
  }

  private static PanacheQuery<Item> visible(long id, Caller caller) {
    return find(VISIBLE, id, caller.id(), caller.isAdmin());
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

  /**
   * Writes what was changed.
   *
   * @throws Problem when the owner does not exist
   */
  void save(Caller caller) {
    try {
      persistAndFlush();
    } catch (ConstraintViolationException e) {
      throw "items_owner_id_fkey".equals(Violations.constraintOf(e))
          ? User.notFound(ownerId, caller)
          : e;
    }
  }

  private static Problem notFound() {
    return Problem.notFound("Item not found");
  }
}
