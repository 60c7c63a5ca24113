package io.satchel.platform.pagination;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.platform.persistence.SqlQuery;
import io.satchel.platform.persistence.SqlQuery.RowMapper;
import io.satchel.platform.problems.ProblemException;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A keyset query on one table. Its rows are in one or more partitions, with which the indexes
 * begin: every partition is read in order, no further than the page needs, and the results are
 * merged.
 */
public final class KeysetQuery<T> {

  /** The number of rows that {@link #stream} holds in memory. */
  private static final int STREAM_PAGE_SIZE = 200;

  private static final String PLAN_FOR_VALUES =
      "select set_config('plan_cache_mode', 'force_custom_plan', true),"
          + " set_config('enable_bitmapscan', 'on', true)";

  /** The class of SQLSTATE for a value of the wrong type (PostgreSQL manual, appendix A). */
  private static final String DATA_EXCEPTION = "22";

  private final RowMapper<T> mapper;
  private final KeysetSql sql;
  private final Map<String, Object> parameters = new HashMap<>();

  /**
   * Creates a query without partitions, which finds nothing.
   *
   * @param columns the columns that the mapper reads, and the id
   */
  public KeysetQuery(String table, String columns, RowMapper<T> mapper) {
    this.sql = new KeysetSql(table, columns);
    this.mapper = mapper;
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
    return plan(() -> SqlQuery.list(sql.count(), parameters, row -> row.getLong(1)).getFirst());
  }

  /** Returns all rows by id. It reads page by page, and holds no connection between pages. */
  public Stream<T> stream() {
    UnaryOperator<List<Row<T>>> next =
        page -> {
          Row<T> last = page.getLast();
          return page(SortOrder.byId(), new Cursor("", last.key(), last.id()), 0, STREAM_PAGE_SIZE);
        };
    return Stream.iterate(
            page(SortOrder.byId(), null, 0, STREAM_PAGE_SIZE), page -> !page.isEmpty(), next)
        .flatMap(List::stream)
        .map(Row::value);
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
      return plan(() -> read(order, after, skip, limit));
    } catch (PersistenceException e) {
      if (after != null
          && e.getCause() instanceof SQLException cause
          && String.valueOf(cause.getSQLState()).startsWith(DATA_EXCEPTION)) {
        throw ProblemException.invalidInput("/after", Cursor.INVALID);
      }
      throw e;
    }
  }

  /**
   * Executes a query. If it has filters, PostgreSQL must plan for their values, because some match
   * many rows and others few.
   */
  private <R> R plan(Supplier<R> query) {
    return sql.hasFilter()
        ? QuarkusTransaction.joiningExisting()
            .call(() -> {
              SqlQuery.list(PLAN_FOR_VALUES, Map.of(), row -> row);
              return query.get();
            })
        : query.get();
  }

  private List<Row<T>> read(SortOrder order, Cursor after, int skip, int limit) {
    Map<String, Object> all = new HashMap<>(parameters);
    if (after != null) {
      all.put("id", after.id());
      all.put("key", after.key());
    }
    return SqlQuery.list(
        sql.page(order, after != null, skip, limit),
        all,
        row ->
            new Row<>(
                mapper.map(row), row.getString(order.isById() ? "id" : "key"), row.getLong("id")));
  }

  /**
   * A row with the content of the cursor after it.
   *
   * @param key the value that the list is sorted by
   */
  public record Row<T>(T value, String key, long id) {}
}
