package io.satchel.platform.pagination;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/** Builds the SQL of a {@link KeysetQuery}. */
final class KeysetSql {

  private final String table;
  private final List<String> partitions = new ArrayList<>();
  private final List<String> filters = new ArrayList<>();

  KeysetSql(String table) {
    this.table = table;
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

  /** Returns the statement for one page: each row with the value that it is sorted by. */
  String page(SortOrder order, boolean hasCursor) {
    String rows =
        partitions.stream()
            .map(partition -> hasCursor ? partition + " and " + order.after() : partition)
            .map(partition ->
                "(select *, %s as key from %s%s%s limit :end)"
                    .formatted(order.expression(), table, where(partition), order.clause()))
            .collect(joining(" union all "));
    return """
    select {item.*}, cast(item.key as text) as key, item.id as id
    from (%s) as item%s limit :limit offset :skip
    """
        .formatted(rows, order.clause("item.key", "item.id"));
  }

  private String where(String partition) {
    List<String> conditions = new ArrayList<>(filters);
    conditions.addFirst(partition);
    return " where " + String.join(" and ", conditions);
  }
}
