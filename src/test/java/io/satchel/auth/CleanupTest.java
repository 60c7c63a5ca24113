package io.satchel.auth;

import static io.satchel.Api.newPerson;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.satchel.Api.Person;
import io.satchel.data.Sessions;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What is of no use any more is deleted, and nothing else. */
@QuarkusTest
class CleanupTest {

  @Inject Cleanup cleanup;
  @Inject DataSource database;

  @Test
  void families_of_tokens_go_once_their_refresh_token_has_expired() throws SQLException {
    Person expired = newPerson();
    Person good = newPerson();
    age("token_families", "expires_at", "0 days", expired);
    cleanup.run();
    assertEquals(0, count("token_families", expired));
    assertEquals(1, count("token_families", good));
  }

  @Test
  void addresses_are_known_for_ninety_days() throws SQLException {
    Person gone = newPerson();
    Person here = newPerson();
    age("known_addresses", "last_login_at", "91 days", gone);
    age("known_addresses", "last_login_at", "89 days", here);
    cleanup.run();
    assertEquals(0, count("known_addresses", gone));
    assertEquals(1, count("known_addresses", here));
  }

  private void age(String table, String column, String age, Person person) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      String update =
          "update %s set %s = now() - interval '%s' where user_id = %d"
              .formatted(table, column, age, person.id());
      assertEquals(1, statement.executeUpdate(update));
    }
  }

  private int count(String table, Person person) throws SQLException {
    return Integer.parseInt(
        Sessions.valueOf(
            database, "select count(*) from %s where user_id = %d".formatted(table, person.id())));
  }
}
