package io.satchel.accounts;

import static io.satchel.Api.as;
import static io.satchel.Api.newPersonWithLogin;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.satchel.platform.persistence.DatabaseQueries;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Nothing that belongs to a user is forgotten in the copy of all data. */
@QuarkusTest
class ExportedTablesTest {

  /** What the service needs for its own work. */
  private static final Set<String> LEFT_OUT =
      Set.of("known_addresses", "outbox", "email_tokens", "idempotency_keys");

  @Inject DataSource database;

  @Test
  void every_table_that_refers_to_users_is_exported_or_left_out_on_purpose() throws SQLException {
    String tables =
        DatabaseQueries.valueOf(
            database,
            "select string_agg(conrelid::regclass::text, ',') from pg_constraint"
                + " where contype = 'f' and confrelid = 'users'::regclass");
    Set<String> expected = new TreeSet<>(Set.of(tables.split(",")));
    expected.removeAll(LEFT_OUT);
    Set<String> exported =
        new TreeSet<>(
            as(newPersonWithLogin())
                .get("/users/me/export")
                .jsonPath()
                .<String, Object>getMap("")
                .keySet());
    exported.remove("user");
    assertEquals(
        expected,
        exported,
        "A table of users' data is missing in AccountExport and AccountExportResource, or here in"
            + " LEFT_OUT");
  }
}
