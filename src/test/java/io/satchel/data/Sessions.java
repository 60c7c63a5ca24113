package io.satchel.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Looks into the database, and at what other sessions do there. */
public final class Sessions {

  private Sessions() {}

  /** The one value that a query answers. */
  public static String valueOf(DataSource database, String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      return valueOf(statement, query);
    }
  }

  /** The one value that a query answers. */
  public static String valueOf(Statement statement, String query) throws SQLException {
    try (ResultSet answer = statement.executeQuery(query)) {
      answer.next();
      return answer.getString(1);
    }
  }

  /** Until another transaction waits for a lock. */
  public static void awaitWaiting(Statement statement) throws SQLException {
    awaitWaiting(statement, 1);
  }

  /** Until as many other transactions wait for a lock. */
  public static void awaitWaiting(Statement statement, int transactions) throws SQLException {
    boolean waiting = false;
    while (!waiting) {
      waiting =
          transactions
              <= Integer.parseInt(
                  valueOf(statement, "select count(distinct pid) from pg_locks where not granted"));
    }
  }
}
