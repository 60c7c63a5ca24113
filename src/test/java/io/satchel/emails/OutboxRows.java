package io.satchel.emails;

import io.satchel.Await;
import io.satchel.platform.persistence.DatabaseQueries;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The e-mails that wait in a database. */
public record OutboxRows(String database) {

  /** Waits until all e-mails were sent, or are no longer needed. */
  public void awaitNone() throws InterruptedException {
    Await.until("empty outbox", () -> count("true") == 0);
  }

  /** Waits until an e-mail has the condition. */
  public void await(String condition) throws InterruptedException {
    Await.until(condition, () -> count(condition) > 0);
  }

  public int count(String condition) {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      return Integer.parseInt(
          DatabaseQueries.valueOf(statement, "select count(*) from outbox where " + condition));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets all e-mails be due at once. */
  void endWait() {
    update("update outbox set next_attempt_at = now()");
  }

  /** Executes an update. */
  public void update(String sql) {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
