package io.satchel.lists;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.http.Cursor;
import io.satchel.http.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hibernate.exception.DataException;
import org.hibernate.query.NativeQuery;
import org.hibernate.type.StandardBasicTypes;

/**
 * The rows of a table that are asked for, in SQL. They are of some kinds, each of which has indexes
 * of its own: each kind is read by itself, in order, no further than the page goes, and merged.
 */
public final class Listing<T> {

  /** How many rows of a stream are in memory at once. */
  private static final int STREAMED = 200;

  private final Class<T> type;
  private final ListingSql sql;
  private final Map<String, Object> parameters = new HashMap<>();
  private boolean isSearch;

  private Listing(Class<T> type, String table) {
    this.type = type;
    this.sql = new ListingSql(table);
  }

  /** None of the rows of that table. */
  public static <T> Listing<T> of(Class<T> type, String table) {
    return new Listing<>(type, table);
  }

  /** Adds the rows of one kind; no row is of two. */
  public Listing<T> with(String kind) {
    sql.add(kind);
    return this;
  }

  /** Leaves the rows that are as the condition says of that parameter; all, if that is null. */
  public Listing<T> where(String condition, String parameter, Object value) {
    if (value != null) {
      sql.restrict(condition);
      set(parameter, value);
    }
    return this;
  }

  /** Leaves the rows in which the parameter is found; all, if that is null. */
  public Listing<T> whereFound(String condition, String parameter, Object value) {
    isSearch = value != null;
    return where(condition, parameter, value);
  }

  /** Gives a parameter of a kind its value. */
  public Listing<T> set(String parameter, Object value) {
    parameters.put(parameter, value);
    return this;
  }

  /** How many rows there are. */
  public long count() {
    if (sql.isOfNothing()) {
      return 0;
    }
    NativeQuery<Long> query = Panache.getSession().createNativeQuery(sql.count(), Long.class);
    parameters.forEach(query::setParameter);
    return query.getSingleResult();
  }

  /** All rows by their ids, read a page at a time, so that no connection is held meanwhile. */
  public Stream<T> stream() {
    UnaryOperator<List<Row<T>>> next =
        page -> {
          Row<T> last = page.getLast();
          return page(new Cursor("", last.key(), last.id()));
        };
    return Stream.iterate(page(null), page -> !page.isEmpty(), next)
        .flatMap(List::stream)
        .map(Row::row);
  }

  private List<Row<T>> page(Cursor after) {
    return QuarkusTransaction.requiringNew().call(() -> page(Order.byId(), after, 0, STREAMED));
  }

  /**
   * The first rows in that order, each with the place after it.
   *
   * @param after the place that they come after, or null
   * @param skip how many to leave out
   * @param limit how many there may be
   * @throws Problem when the cursor was made up
   */
  public List<Row<T>> page(Order order, Cursor after, int skip, int limit) {
    if (sql.isOfNothing()) {
      return List.of();
    }
    try {
      return !sql.isRestricted() && order.isUnique()
          ? read(order, after, skip, limit)
          : QuarkusTransaction.joiningExisting()
              .call(() -> {
                Planning.set(isSearch);
                return read(order, after, skip, limit);
              });
    } catch (DataException e) {
      if (after == null) {
        throw e;
      }
      throw Problem.invalidInput("/after", Cursor.FAULT); // its key is of another type
    }
  }

  private List<Row<T>> read(Order order, Cursor after, int skip, int limit) {
    NativeQuery<Object[]> query =
        Panache.getSession()
            .createNativeQuery(sql.page(order, after != null), Object[].class)
            .addEntity("item", type)
            .addScalar("key", StandardBasicTypes.STRING)
            .addScalar("id", StandardBasicTypes.LONG);
    parameters.forEach(query::setParameter);
    query.setParameter("end", skip + limit);
    query.setParameter("limit", limit);
    query.setParameter("skip", skip);
    if (after != null) {
      query.setParameter("id", after.id());
      if (!order.isUnique()) {
        query.setParameter("key", after.key());
      }
    }
    return query.getResultList().stream()
        .map(row -> new Row<>(type.cast(row[0]), (String) row[1], (long) row[2]))
        .toList();
  }

  /**
   * A row, and what a cursor says of its place.
   *
   * @param key the value that it is ordered by
   */
  public record Row<T>(T row, String key, long id) {}
}
