package io.satchel.items;

import io.satchel.auth.Caller;
import io.satchel.data.Stored;
import io.satchel.data.Violations;
import io.satchel.http.Problem;
import io.satchel.users.User;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.type.SqlTypes;

/** A thing that one user owns, for as long as that user exists. */
@Entity
@Table(name = "items")
public class Item extends Stored {

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
    return VisibleItems.withId(id, caller).<Item>firstResultOptional().orElseThrow(Item::notFound);
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
        VisibleItems.withId(id, caller)
            .withLock(LockModeType.PESSIMISTIC_WRITE)
            .<Item>firstResultOptional()
            .orElseThrow(Item::notFound);
    caller.requireSelf(item.ownerId, Problem::forbidden);
    return item;
  }

  /**
   * Writes items of one owner.
   *
   * @throws Problem when the owner does not exist
   */
  static void save(List<Item> items, Caller caller) {
    try {
      persist(items);
      flush();
    } catch (ConstraintViolationException e) {
      throw "items_owner_id_fkey".equals(Violations.constraintOf(e))
          ? User.notFound(items.getFirst().ownerId, caller)
          : e;
    }
  }

  private static Problem notFound() {
    return Problem.notFound("Item not found");
  }
}
