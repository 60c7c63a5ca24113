package io.satchel.lists;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a list is ordered by: a value of each row, and by its id where rows have the same.
 *
 * @param value the value in SQL, as the indexes have it
 * @param type the SQL type of the value
 * @param isDescending whether what is greatest comes first
 */
public record Order(String value, String type, boolean isDescending) {

  /** As the indexes have it, which begin with it for rows of one kind: the primary key does not. */
  private static final String ID = "(id + 0)";

  /** By the id of each row, upwards. */
  public static Order byId() {
    return new Order(ID, "bigint", false);
  }

  /** By that value of each row, upwards. */
  public static Order by(String value, String type) {
    return new Order(value, type, false);
  }

  /** The order of that name; with a minus sign before it, the other way round. */
  public static Order named(String name, Map<String, Order> orders) {
    return name.startsWith("-") ? orders.get(name.substring(1)).reversed() : orders.get(name);
  }

  /** The same the other way round. */
  public Order reversed() {
    return new Order(value, type, !isDescending);
  }

  /** What to order by, of these values. */
  String clause(String... values) {
    return Stream.of(values)
        .map(each -> isDescending ? each + " desc" : each)
        .collect(Collectors.joining(", ", " order by ", ""));
  }

  /** What to order the rows of a table by. */
  String clause() {
    return isUnique() ? clause(value) : clause(value, "id");
  }

  /** What is after the row with :key and :id. */
  String after() {
    String comparison = isDescending ? "<" : ">";
    return isUnique()
        ? "%s %s :id".formatted(value, comparison)
        : "(%s, id) %s (cast(:key as %s), :id)".formatted(value, comparison, type);
  }

  /** Whether no two rows have the same value; the cursor's key is of no use then. */
  boolean isUnique() {
    return value.equals(ID);
  }
}
