package io.satchel.platform.pagination;

import io.satchel.platform.clients.ResponseMemory;
import io.satchel.platform.persistence.DatabaseUnavailability;
import io.satchel.platform.problems.ProblemException;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A keyset query on one table. Its rows are in one or more partitions, with which the indexes
 * begin: every partition is read in order, no further than the page needs, and the results are
 * merged.
 */
public final class KeysetQuery<T> {

  /** The number of rows that {@link #stream} holds in memory. */
  private static final int STREAM_PAGE_SIZE = 100;

  private static final String PLAN_FOR_VALUES =
      "select set_config('plan_cache_mode', 'force_custom_plan', true),"
          + " set_config('enable_bitmapscan', 'on', true)";

  private static final int MAX_COUNT = 10_000;

  private static final String COUNT_FOR_A_SECOND =
      "select set_config('statement_timeout', '1s', true)";

  /** The class of SQLSTATE for a value of the wrong type (PostgreSQL manual, appendix A). */
  private static final String DATA_EXCEPTION = "22";

  private final KeysetHql hql;
  private final Map<String, Object> parameters = new HashMap<>();
  private boolean isOnPrimary;

  /**
   * Creates a query without partitions, which finds nothing.
   *
   * @param attributes the attributes of the entity that a constructor of the view takes
   */
  public KeysetQuery(Class<?> entity, Class<T> view, List<String> attributes) {
    this.hql = new KeysetHql(entity, view, attributes);
  }

  /** Adds the rows that match a condition. Partitions must not overlap. */
  public KeysetQuery<T> addPartition(String condition) {
    hql.addPartition(condition);
    return this;
  }

  /** Restricts all partitions by a condition with one parameter. Null does not restrict. */
  public KeysetQuery<T> where(String condition, String parameter, Object value) {
    if (value != null) {
      hql.addFilter(condition);
      bind(parameter, value);
    }
    return this;
  }

  /** Sets a parameter of a partition. */
  public KeysetQuery<T> bind(String parameter, Object value) {
    parameters.put(parameter, value);
    return this;
  }

  /** Reads from the primary, what has just been written included, and joins a transaction. */
  public KeysetQuery<T> onPrimary() {
    isOnPrimary = true;
    return this;
  }

  /**
   * Returns the number of rows on all pages, or nothing if there are more than 10,000, or if
   * counting them takes longer than a second.
   */
  public Optional<Long> count() {
    if (hql.hasNoPartition()) {
      return Optional.of(0L);
    }
    try {
      long rows =
          read(hql.count(MAX_COUNT + 1), parameters, Long.class, COUNT_FOR_A_SECOND).getFirst();
      return Optional.of(rows).filter(counted -> counted <= MAX_COUNT);
    } catch (PersistenceException e) {
      if (DatabaseUnavailability.isTimeout(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Returns all rows by id. It reads page by page, and holds no connection between pages. */
  public Stream<T> stream() {
    UnaryOperator<List<Row<T>>> next =
        page -> {
          Row<T> last = page.getLast();
          return streamPage(new Cursor("", last.key(), last.id()));
        };
    memory().takeRows(STREAM_PAGE_SIZE);
    return Stream.iterate(streamPage(null), page -> !page.isEmpty(), next)
        .flatMap(List::stream)
        .map(Row::value);
  }

  private List<Row<T>> streamPage(Cursor after) {
    return read(
        SortOrder.byId(), after, STREAM_PAGE_SIZE, Map.of("skip", 0, "limit", STREAM_PAGE_SIZE));
  }

  /**
   * Returns the first rows of each partition by id, in the order of all ids.
   *
   * @param maxRows the most rows that there can be
   * @throws ProblemException 429 or 503 if there is no memory for them
   */
  public List<T> firstOfEachPartition(int limit, int maxRows) {
    return rows(SortOrder.byId(), null, limit, Map.of("skip", 0, "limit", maxRows)).stream()
        .map(Row::value)
        .toList();
  }

  /**
   * Returns the first rows in the given order.
   *
   * @param after the position before the page, or null for the start of the list
   * @param skip the number of rows to leave out
   * @param limit the maximum number of rows
   * @throws ProblemException 422 if the key of the cursor does not have the type of the sort order,
   *     429 or 503 if there is no memory for the rows
   */
  public List<Row<T>> page(SortOrder order, Cursor after, int skip, int limit) {
    try {
      return rows(order, after, skip + limit, Map.of("skip", skip, "limit", limit));
    } catch (PersistenceException e) {
      if (after != null
          && e.getCause() instanceof SQLException cause
          && String.valueOf(cause.getSQLState()).startsWith(DATA_EXCEPTION)) {
        throw ProblemException.invalidInput("/after", Cursor.INVALID);
      }
      throw e;
    }
  }

  /** Reads rows, for which there must be memory. */
  private List<Row<T>> rows(
      SortOrder order, Cursor after, int limitOfPartitions, Map<String, Integer> window) {
    int limit = window.get("limit");
    memory().takeRows(limit);
    List<Row<T>> rows = read(order, after, limitOfPartitions, window);
    memory().returnRows(limit - rows.size());
    return rows;
  }

  @SuppressWarnings("unchecked") // The view has the type T.
  private List<Row<T>> read(
      SortOrder order, Cursor after, int limitOfPartitions, Map<String, Integer> window) {
    if (hql.hasNoPartition()) {
      return List.of();
    }
    Map<String, Object> all = new HashMap<>(parameters);
    all.putAll(window);
    if (after != null) {
      all.put("id", after.id());
      if (!order.isById()) {
        all.put("key", after.key());
      }
    }
    return read(hql.page(order, after != null, limitOfPartitions), all, Row.class).stream()
        .map(row -> (Row<T>) row)
        .toList();
  }

  private static ResponseMemory memory() {
    return ListStatement.bean(ResponseMemory.class);
  }

  /**
   * Returns the result of a statement. If it has filters, PostgreSQL must plan for their values,
   * because some match many rows and others few.
   */
  private <R> List<R> read(
      String statement, Map<String, Object> values, Class<R> type, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    if (hql.hasFilter()) {
      all.add(PLAN_FOR_VALUES);
    }
    ListStatement<R> list = new ListStatement<>(statement, values, type, all);
    return isOnPrimary ? list.executeOnPrimary() : list.execute();
  }
}
