package io.satchel.platform.pagination;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The order of a list: by an expression, and by id where rows have the same value.
 *
 * @param expression the HQL expression, which must print the expression of the index
 * @param type the SQL type of the expression
 * @param isDescending whether the greatest value comes first
 */
public record SortOrder(String expression, String type, boolean isDescending) {

  /**
   * Differs from the primary key on purpose: the planner must use the index that begins with the
   * partition.
   */
  private static final String ID = "id + 0";

  /** Returns the ascending order by id. */
  public static SortOrder byId() {
    return new SortOrder(ID, "bigint", false);
  }

  /** Returns the ascending order by an expression. */
  public static SortOrder by(String expression, String type) {
    return new SortOrder(expression, type, false);
  }

  /** Returns the order with the given name. A minus sign before the name reverses it. */
  public static SortOrder named(String name, Map<String, SortOrder> orders) {
    return name.startsWith("-") ? orders.get(name.substring(1)).reversed() : orders.get(name);
  }

  /** Returns the opposite order. */
  public SortOrder reversed() {
    return new SortOrder(expression, type, !isDescending);
  }

  /** Returns an ORDER BY clause by a key and an id, of which the key alone can be the id. */
  String clause(String key, String id) {
    return (isById() ? Stream.of(key) : Stream.of(key, id))
        .map(each -> isDescending ? each + " desc" : each)
        .collect(Collectors.joining(", ", " order by ", ""));
  }

  /** Returns the condition for rows after the row with the parameters :key and :id. */
  String after() {
    String comparison = isDescending ? "<" : ">";
    return isById()
        ? "%s %s :id".formatted(expression, comparison)
        : "cast(sql('((?, ?) %s (cast(? as %s), ?))', %s, id, :key, :id) as Boolean)"
            .formatted(comparison, type, expression);
  }

  /** Returns whether the id alone determines the order, so that a cursor needs no key. */
  boolean isById() {
    return expression.equals(ID);
  }
}
