package io.satchel.platform.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.satchel.platform.persistence.DatabaseQueries;
import io.satchel.platform.persistence.ExpiredRows;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Attempt counts are deleted an hour after their wait has ended. */
@QuarkusTest
class ExpiredAttemptsTest {

  private static final AttemptLimit LIMIT = new AttemptLimit(1, Duration.ofHours(1));

  @Inject AttemptLimiter limiter;
  @Inject ExpiredRows expiredRows;
  @Inject DataSource database;

  @Test
  void attempts_are_deleted_an_hour_after_their_wait() throws SQLException {
    String past = attempt("wait_until = now() - interval '61 minutes'");
    String waiting =
        attempt(
            "counted_from = now() - interval '3 days', wait_until = now() + interval '1 minute'");
    String old = attempt("counted_from = now() - interval '61 minutes', wait_until = null");
    String recent = attempt("counted_from = now() - interval '59 minutes', wait_until = null");
    expiredRows.delete();
    assertEquals(0, count(past));
    assertEquals(1, count(waiting));
    assertEquals(0, count(old));
    assertEquals(1, count(recent));
  }

  private String attempt(String change) throws SQLException {
    String name = UUID.randomUUID().toString();
    limiter.count(name, LIMIT);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("update attempts set " + change + " where name = '" + name + "'");
    }
    return name;
  }

  private int count(String name) throws SQLException {
    return Integer.parseInt(
        DatabaseQueries.valueOf(
            database, "select count(*) from attempts where name = '" + name + "'"));
  }
}
