package io.satchel.platform.persistence;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.Arc;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Reads rows with a statement in SQL, in the current transaction if there is one. Lists use it
 * instead of entities, of which Hibernate would keep copies to detect changes.
 */
public final class SqlQuery {

  /** Where Hibernate logs statements, with {@code quarkus.hibernate-orm.log.sql=true}. */
  private static final Logger LOG = Logger.getLogger("org.hibernate.SQL");

  private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");

  private SqlQuery() {}

  /** Makes a value of the current row. */
  @FunctionalInterface
  public interface RowMapper<T> {

    T map(ResultSet row) throws SQLException;
  }

  /**
   * Returns the values of all rows.
   *
   * @param sql a statement with named parameters, such as {@code :id}
   * @param parameters values of types that PostgreSQL's driver knows
   * @throws PersistenceException with the cause, if the statement fails
   */
  public static <T> List<T> list(String sql, Map<String, ?> parameters, RowMapper<T> mapper) {
    List<String> names =
        PARAMETER.matcher(sql).results().map(parameter -> parameter.group(1)).toList();
    String withPositions = PARAMETER.matcher(sql).replaceAll("?");
    LOG.debug(withPositions);
    try (Connection connection =
            Arc.container().instance(AgroalDataSource.class).get().getConnection();
        PreparedStatement statement = connection.prepareStatement(withPositions)) {
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        statement.setObject(i + 1, Objects.requireNonNull(parameters.get(name), name));
      }
      long start = System.nanoTime();
      try (ResultSet rows = statement.executeQuery()) {
        List<T> values = new ArrayList<>();
        while (rows.next()) {
          values.add(mapper.map(rows));
        }
        SlowQueries.logIfSlow(withPositions, start);
        return values;
      }
    } catch (SQLException e) {
      throw new PersistenceException(e);
    }
  }
}
