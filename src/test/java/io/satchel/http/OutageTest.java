package io.satchel.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutageTest {

  @ParameterizedTest
  @CsvSource({
    "08006, true", // connection failure
    "40P01, true", // deadlock detected
    "53300, true", // too many connections
    "57014, true", // query cancelled
    "57P01, true", // administrator shutdown
    ", true", // the pool has no connection in time
    "23505, false", // unique violation
    "42P01, false", // undefined table
  })
  void only_what_may_pass_by_itself_is_an_outage(String state, boolean isOutage) {
    Exception e = new IllegalStateException(new SQLException("", state));
    assertEquals(isOutage, Outage.in(e).isPresent());
  }

  @Test
  void what_spoils_a_commit_is_among_what_is_suppressed() {
    SQLException lost = new SQLException("connection lost", "08006");
    Exception rollback = new IllegalStateException("could not commit");
    rollback.addSuppressed(new IllegalStateException(lost));
    assertEquals(Optional.of(lost), Outage.in(new IllegalStateException(rollback)));
  }
}
