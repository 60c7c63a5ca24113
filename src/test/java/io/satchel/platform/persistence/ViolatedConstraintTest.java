package io.satchel.platform.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The names of constraints, as one PostgreSQL and a distributed one report them. */
@Execution(CONCURRENT)
class ViolatedConstraintTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "users_email_key | users_email_key | duplicate key value violates unique constraint \"users_email_key\"",
        "users_email_key | | duplicate key value violates unique constraint \"users_email_key_102008\"",
        "users_email_key | | doppelter Schlüsselwert verletzt Unique-Constraint »users_email_key_102008«",
        "items_owner_id_fkey | | insert or update on table \"items_102032\" violates foreign key constraint \"items_owner_id_fkey_102032\"",
        "outbox_user_id_fkey | outbox_user_id_fkey_102014 | insert or update on table \"outbox_102014\" violates it",
        "'' | | new row for relation \"items\" violates a rule",
      })
  void a_constraint_has_the_name_of_the_schema(String name, String field, String message) {
    SQLException error = error(message, field == null ? "" : "n" + field + "\0");
    assertEquals(name, ViolatedConstraint.findIn(error).orElseThrow().name());
  }

  /** Returns an exception for PostgreSQL's error response, with its fields. */
  private static SQLException error(String message, String constraint) {
    String fields =
        Stream.of("SERROR", "C23505", "M" + message)
                .map(field -> field + "\0")
                .reduce("", String::concat)
            + constraint;
    return new PSQLException(new ServerErrorMessage(fields), false);
  }
}
