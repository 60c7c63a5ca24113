package io.satchel.items;

import io.quarkus.hibernate.orm.panache.Panache;
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

  private static final String FIRST_OF_EACH_OWNER =
      """
      select item.*
      from unnest(:owners) as owner (id)
      cross join lateral (
        select * from items where owner_id = owner.id order by id limit :limit
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
   * @throws Problem when there is none
   */
  static Item withId(long id) {
    return Item.<Item>findByIdOptional(id).orElseThrow(Item::notFound);
  }

  /**
   * The item with that id, which nobody else changes until this transaction ends: of two changes at
   * the same moment, the second starts from what the first left.
   *
   * @throws Problem when there is none
   */
  static Item toChange(long id) {
    return Item.<Item>findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
        .orElseThrow(Item::notFound);
  }

  /** The items after the cursor, by id. */
  static List<Item> list(Cursor after, int skip, int limit) {
    return Item.<Item>find("id > ?1 order by id", Cursor.idOf(after))
        .range(skip, skip + limit - 1)
        .list();
  }

  /** The items of that owner after the cursor, by id. */
  static List<Item> listOfOwner(long ownerId, Cursor after, int skip, int limit) {
    return Item.<Item>find("ownerId = ?1 and id > ?2 order by id", ownerId, Cursor.idOf(after))
        .range(skip, skip + limit - 1)
        .list();
  }

  /** The first items of each of these owners, by owner and id; it reads no more rows than those. */
  static List<Item> firstOfEachOwner(Collection<Long> ownerIds, int limit) {
    return Panache.getSession()
        .createNativeQuery(FIRST_OF_EACH_OWNER, Item.class)
        .setParameter("owners", ownerIds.toArray(Long[]::new))
        .setParameter("limit", limit)
        .getResultList();
  }

  /** Deletes the item with that id. */
  static void delete(long id) {
    if (delete("id", id) == 0) {
      throw notFound();
    }
  }

  /**
   * Writes what was changed.
   *
   * @throws Problem when the owner does not exist
   */
  void save() {
    try {
      persistAndFlush();
    } catch (ConstraintViolationException e) {
      throw "items_owner_id_fkey".equals(Violations.constraintOf(e)) ? User.notFound() : e;
    }
  }

  private static Problem notFound() {
    return Problem.notFound("Item not found");
  }
}
