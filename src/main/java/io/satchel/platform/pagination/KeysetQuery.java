package io.satchel.platform.pagination;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.platform.problems.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hibernate.exception.DataException;
import org.hibernate.query.NativeQuery;
import org.hibernate.type.StandardBasicTypes;

/**
 * A keyset query on one table. Its rows are in one or more partitions, each with its own indexes:
 * every partition is read in order, no further than the page needs, and the results are merged.
 */
public final class KeysetQuery<T> {

  /** The number of rows that {@link #stream} holds in memory. */
  private static final int STREAM_PAGE_SIZE = 200;

  private final Class<T> type;
  private final KeysetSql sql;
  private final Map<String, Object> parameters = new HashMap<>();
  private boolean isSearch;

  private KeysetQuery(Class<T> type, String table) {
    this.type = type;
    this.sql = new KeysetSql(table);
  }

  /** Returns a query without partitions, which finds nothing. */
  public static <T> KeysetQuery<T> of(Class<T> type, String table) {
    return new KeysetQuery<>(type, table);
  }

  /** Adds the rows that match a condition. Partitions must not overlap. */
  public KeysetQuery<T> addPartition(String condition) {
    sql.addPartition(condition);
    return this;
  }

  /** Restricts all partitions by a condition with one parameter. Null does not restrict. */
  public KeysetQuery<T> where(String condition, String parameter, Object value) {
    if (value != null) {
      sql.addFilter(condition);
      bind(parameter, value);
    }
    return this;
  }

  /** Restricts all partitions to rows that match a search text. Null does not restrict. */
  public KeysetQuery<T> whereMatches(String condition, String parameter, Object value) {
    isSearch = value != null;
    return where(condition, parameter, value);
  }

  /** Sets a parameter of a partition. */
  public KeysetQuery<T> bind(String parameter, Object value) {
    parameters.put(parameter, value);
    return this;
  }

  /** Returns the number of rows on all pages. */
  public long count() {
    if (sql.hasNoPartition()) {
      return 0;
    }
    NativeQuery<Long> query = Panache.getSession().createNativeQuery(sql.count(), Long.class);
    parameters.forEach(query::setParameter);
    return query.getSingleResult();
  }

  /** Returns all rows by id. It reads page by page, and holds no connection between pages. */
  public Stream<T> stream() {
    UnaryOperator<List<Row<T>>> next =
        page -> {
          Row<T> last = page.getLast();
          return streamPage(new Cursor("", last.key(), last.id()));
        };
    return Stream.iterate(streamPage(null), page -> !page.isEmpty(), next)
        .flatMap(List::stream)
        .map(Row::entity);
  }

  private List<Row<T>> streamPage(Cursor after) {
    return QuarkusTransaction.requiringNew()
        .call(() -> page(SortOrder.byId(), after, 0, STREAM_PAGE_SIZE));
  }

  /**
   * Returns the first rows in the given order.
   *
   * @param after the position before the page, or null for the start of the list
   * @param skip the number of rows to leave out
   * @param limit the maximum number of rows
   * @throws ProblemException 422 if the key of the cursor does not have the type of the sort order
   */
  public List<Row<T>> page(SortOrder order, Cursor after, int skip, int limit) {
    if (sql.hasNoPartition()) {
      return List.of();
    }
    try {
      return order.isById() && !sql.hasFilter()
          ? read(order, after, skip, limit)
          : QuarkusTransaction.joiningExisting()
              .call(() -> {
                PlannerSettings.apply(isSearch);
                return read(order, after, skip, limit);
              });
    } catch (DataException e) {
      if (after == null) {
        throw e;
      }
      throw ProblemException.invalidInput("/after", Cursor.INVALID);
    }
  }

  private List<Row<T>> read(SortOrder order, Cursor after, int skip, int limit) {
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
      if (!order.isById()) {
        query.setParameter("key", after.key());
      }
    }
    return query.getResultList().stream()
        .map(row -> new Row<>(type.cast(row[0]), (String) row[1], (long) row[2]))
        .toList();
  }

  /**
   * A row with the content of the cursor after it.
   *
   * @param key the value that the list is sorted by
   */
  public record Row<T>(T entity, String key, long id) {}
}
