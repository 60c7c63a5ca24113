package io.satchel.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What other sessions of the database do. */
public final class Sessions {

  private Sessions() {}

  /** Until another transaction waits for a lock. */
  public static void awaitWaiting(Statement statement) throws SQLException {
    awaitWaiting(statement, 1);
  }

  /** Until as many other transactions wait for a lock. */
  public static void awaitWaiting(Statement statement, int transactions) throws SQLException {
    boolean waiting = false;
    while (!waiting) {
      try (ResultSet answer =
          statement.executeQuery(
              "select count(distinct pid) >= "
                  + transactions
                  + " from pg_locks where not granted")) {
        answer.next();
        waiting = answer.getBoolean(1);
      }
    }
  }
}
