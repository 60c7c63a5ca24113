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

  /** Adds notices to recipients with a number, such as user-1@example.com. */
  void addNotices(String recipient, int number) {
    update(
        """
        insert into outbox (id, type, user_id, recipient, recipient_key, created_at, attempts,
          next_attempt_at)
        select gen_random_uuid(), 'PASSWORD_CHANGED', (select min(id) from users), recipient,
          recipient, now(), 0, now() - n * interval '1 ms'
        from generate_series(1, %2$d) n, concat('%1$s', n, '@example.com') recipient
        """
            .formatted(recipient, number));
  }

  /** Lets all e-mails be due at once. */
  public void endWait() {
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
