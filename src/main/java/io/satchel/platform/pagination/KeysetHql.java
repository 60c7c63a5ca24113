package io.satchel.platform.pagination;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/** Builds the HQL of a {@link KeysetQuery}. */
final class KeysetHql {

  private final Class<?> entity;
  private final Class<?> view;
  private final List<String> attributes;
  private final List<String> partitions = new ArrayList<>();
  private final List<String> filters = new ArrayList<>();

  KeysetHql(Class<?> entity, Class<?> view, List<String> attributes) {
    this.entity = entity;
    this.view = view;
    this.attributes = attributes;
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

  /**
   * Returns the statement that counts the rows of all partitions, but no more than the limit. HQL
   * requires an order.
   */
  String count(int limit) {
    return "select count(*) from (select id as id from %s%s order by sql('null::int') limit %d) counted"
        .formatted(
            entity.getSimpleName(),
            where(partitions.stream().collect(joining(") or (", "((", "))"))),
            limit);
  }

  /**
   * Returns the statement for one page, with the parameters :skip and :limit. The limits of the
   * partitions are not parameters, because PostgreSQL would plan for a tenth of the table. They are
   * powers of two, so that there are few different statements.
   */
  String page(SortOrder order, boolean hasCursor, int rows) {
    String partitions = partitions(order, hasCursor, Integer.highestOneBit(2 * rows - 1));
    return "select new %s(new %s(%s), %s, p.id) from (%s) p%s limit :limit offset :skip"
        .formatted(
            Row.class.getName(),
            view.getName(),
            attributes.stream().map(attribute -> "p." + attribute).collect(joining(", ")),
            order.isById() ? "''" : "cast(sql('cast(? as text)', p.sortKey) as String)",
            partitions,
            order.clause("p.sortKey", "p.id"));
  }

  private String partitions(SortOrder order, boolean hasCursor, int limit) {
    String columns =
        attributes.stream()
            .map(attribute -> attribute + " as " + attribute)
            .collect(joining(", ", "", ", " + order.expression() + " as sortKey"));
    return partitions.stream()
        .map(partition -> hasCursor ? partition + " and " + order.after() : partition)
        .map(partition ->
            "(select %s from %s%s%s limit %d)"
                .formatted(
                    columns,
                    entity.getSimpleName(),
                    where(partition),
                    order.clause(order.expression(), "id"),
                    limit))
        .collect(joining(" union all "));
  }

  private String where(String partition) {
    List<String> conditions = new ArrayList<>(filters);
    conditions.addFirst(partition);
    return " where " + String.join(" and ", conditions);
  }
}
