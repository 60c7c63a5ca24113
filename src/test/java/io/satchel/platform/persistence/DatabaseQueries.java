package io.satchel.platform.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.satchel.Await;
import io.satchel.TestServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Queries the database directly. */
public final class DatabaseQueries {

  private DatabaseQueries() {}

  /** Returns the single value of a query. */
  public static String valueOf(DataSource database, String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      return valueOf(statement, query);
    }
  }

  /** Returns the single value of a query. */
  public static String valueOf(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Makes a column of a user's only row in a table older. */
  public static void age(DataSource database, String table, String column, String age, long userId)
      throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      String update =
          "update %s set %s = now() - interval '%s' where user_id = %d"
              .formatted(table, column, age, userId);
      assertEquals(1, statement.executeUpdate(update));
    }
  }

  /** Returns the number of a user's rows in a table. */
  public static int count(DataSource database, String table, long userId) throws SQLException {
    String query = "select count(*) from %s where user_id = %d".formatted(table, userId);
    return Integer.parseInt(valueOf(database, query));
  }

  /** Waits until another transaction waits for a lock. */
  public static void awaitWaiting(Statement statement) throws SQLException {
    awaitWaiting(statement, 1);
  }

  /** Waits until the given number of transactions wait for a lock, on whichever node. */
  public static void awaitWaiting(Statement statement, int transactions) throws SQLException {
    String activity = TestServer.isCitus() ? "citus_stat_activity" : "pg_stat_activity";
    String query =
        "select count(*) from %s where datname = current_database() and wait_event_type = 'Lock'"
            .formatted(activity);
    // In the transaction of the statement, the view would stay the same.
    try (Connection other =
        DriverManager.getConnection(statement.getConnection().getMetaData().getURL())) {
      Await.until(
          "waiting transactions", () -> transactions <= Integer.parseInt(valueOf(other, query)));
    }
  }

  /** Returns the single value of a query. */
  public static String valueOf(Connection connection, String query) {
    try (Statement statement = connection.createStatement()) {
      return valueOf(statement, query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
