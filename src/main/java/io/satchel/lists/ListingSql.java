package io.satchel.lists;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/** The statements for rows of some kinds, as far as they meet some conditions. */
final class ListingSql {

  private final String table;
  private final List<String> kinds = new ArrayList<>();
  private final List<String> conditions = new ArrayList<>();

  ListingSql(String table) {
    this.table = table;
  }

  void add(String kind) {
    kinds.add(kind);
  }

  void restrict(String condition) {
    conditions.add(condition);
  }

  boolean isOfNothing() {
    return kinds.isEmpty();
  }

  boolean isRestricted() {
    return !conditions.isEmpty();
  }

  /** How many rows there are. */
  String count() {
    return "select count(*) from "
        + table
        + where(kinds.stream().collect(joining(") or (", "((", "))")));
  }

  /** A page of the rows in that order, each with what it is ordered by. */
  String page(Order order, boolean isAfter) {
    String rows =
        kinds.stream()
            .map(kind -> isAfter ? kind + " and " + order.after() : kind)
            .map(kind ->
                "(select *, %s as key from %s%s%s limit :end)"
                    .formatted(order.value(), table, where(kind), order.clause()))
            .collect(joining(" union all "));
    return """
    select {item.*}, cast(item.key as text) as key, item.id as id
    from (%s) as item%s limit :limit offset :skip
    """
        .formatted(rows, order.clause("item.key", "item.id"));
  }

  private String where(String kind) {
    List<String> all = new ArrayList<>(conditions);
    all.addFirst(kind);
    return " where " + String.join(" and ", all);
  }
}
