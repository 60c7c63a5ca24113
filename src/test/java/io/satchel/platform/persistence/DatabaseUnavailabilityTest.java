package io.satchel.platform.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Execution(CONCURRENT)
class DatabaseUnavailabilityTest {

  @ParameterizedTest
  @CsvSource({
    "08006, true", // connection failure
    "40P01, true", // deadlock detected
    "53300, true", // too many connections
    "57014, true", // query cancelled
    "57P01, true", // administrator shutdown
    ", true", // timeout of the connection pool
    "23505, false", // unique violation
    "42P01, false", // undefined table
  })
  void only_temporary_errors_mean_that_the_database_is_unavailable(String state, boolean isOutage) {
    Exception e = new IllegalStateException(new SQLException("", state));
    assertEquals(isOutage, DatabaseUnavailability.findIn(e).isPresent());
  }

  @Test
  void the_cause_of_a_failed_commit_is_found() {
    SQLException lost = new SQLException("connection lost", "08006");
    Exception rollback = new IllegalStateException("could not commit");
    rollback.addSuppressed(new IllegalStateException(lost));
    assertEquals(
        Optional.of(lost), DatabaseUnavailability.findIn(new IllegalStateException(rollback)));
  }
}
