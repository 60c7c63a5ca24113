package io.satchel.platform.pagination;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/** Builds the SQL of a {@link KeysetQuery}. */
final class KeysetSql {

  private final String table;
  private final String columns;
  private final List<String> partitions = new ArrayList<>();
  private final List<String> filters = new ArrayList<>();

  KeysetSql(String table, String columns) {
    this.table = table;
    this.columns = columns;
  }

  void addPartition(String condition) {
    partitions.add(condition);
  }

  void addFilter(String condition) {
    filters.add(condition);
  }

  boolean hasNoPartition() {
    return partitions.isEmpty();
  }

  boolean hasFilter() {
    return !filters.isEmpty();
  }

  /** Returns the statement that counts all rows. */
  String count() {
    return "select count(*) from "
        + table
        + where(partitions.stream().collect(joining(") or (", "((", "))")));
  }

  /**
   * Returns the statement for one page: each row and, unless it is sorted by id, the value that it
   * is sorted by. The limits are not parameters, because PostgreSQL would plan for a tenth of the
   * table.
   */
  String page(SortOrder order, boolean hasCursor, int skip, int limit) {
    String key = order.isById() ? "" : ", %s as key".formatted(order.expression());
    String rows =
        partitions.stream()
            .map(partition -> hasCursor ? partition + " and " + order.after() : partition)
            .map(partition ->
                "(select %s%s from %s%s%s limit %d)"
                    .formatted(columns, key, table, where(partition), order.clause(), skip + limit))
            .collect(joining(" union all "));
    return "select %s%s from (%s) as page%s limit %d offset %d"
        .formatted(
            columns,
            order.isById() ? "" : ", cast(key as text) as key",
            rows,
            order.isById() ? order.clause("id") : order.clause("page.key", "id"),
            limit,
            skip);
  }

  private String where(String partition) {
    List<String> conditions = new ArrayList<>(filters);
    conditions.addFirst(partition);
    return " where " + String.join(" and ", conditions);
  }
}
