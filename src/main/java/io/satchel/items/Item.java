package io.satchel.items;

import io.satchel.auth.Caller;
import io.satchel.platform.persistence.BaseEntity;
import io.satchel.platform.persistence.ViolatedConstraint;
import io.satchel.platform.problems.ProblemException;
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

/** A thing that one user owns. It is deleted together with its owner. */
@Entity
@Table(name = "items")
public class Item extends BaseEntity {

  /** At least one visible character. */
  static final String TITLE_PATTERN = "(?s).*[^\\s\\p{Z}\\p{Cc}\\p{Cf}].*";

  static final String TITLE_MESSAGE = "must not be blank";

  /** {@link #TITLE_PATTERN}, as closely as all dialects of regular expressions can express it. */
  static final String TITLE_PORTABLE_PATTERN = "\\S";

  public long ownerId;
  public String title;
  public String description;

  @Enumerated(EnumType.STRING)
  public Visibility visibility = Visibility.PUBLIC;

  /** A calendar day, such as the day of an event. */
  @JdbcTypeCode(SqlTypes.LOCAL_DATE) // java.sql.Date would be wrong by ten days before 1582-10-15.
  public LocalDate date;

  /**
   * Returns the item with the given id.
   *
   * @throws ProblemException 404 if it does not exist, or the caller may not see it
   */
  static Item findVisible(long id, Caller caller) {
    return VisibleItems.byId(id, caller).<Item>firstResultOptional().orElseThrow(Item::notFound);
  }

  /**
   * Returns the item with the given id, if the caller owns it or is an admin. It is locked until
   * the transaction ends, so that concurrent changes are applied one after the other.
   *
   * @throws ProblemException 404 if it does not exist or the caller may not see it, 403 if the
   *     caller may not change it
   */
  static Item findForUpdate(long id, Caller caller) {
    Item item =
        VisibleItems.byId(id, caller)
            .withLock(LockModeType.PESSIMISTIC_WRITE)
            .<Item>firstResultOptional()
            .orElseThrow(Item::notFound);
    caller.requireSelfOrAdmin(item.ownerId, ProblemException::forbidden);
    return item;
  }

  /**
   * Inserts items of one owner.
   *
   * @throws ProblemException 404 if the owner does not exist, or 401 if the owner is the caller
   */
  static void insert(List<Item> items, Caller caller) {
    try {
      persist(items);
      flush();
    } catch (ConstraintViolationException e) {
      boolean isOwnerMissing =
          ViolatedConstraint.findIn(e).orElseThrow().name().equals("items_owner_id_fkey");
      throw isOwnerMissing ? caller.userNotFound(items.getFirst().ownerId) : e;
    }
  }

  private static ProblemException notFound() {
    return ProblemException.notFound("Item not found");
  }
}
