package io.satchel.auth.tokens;

import static io.satchel.Api.newPerson;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.satchel.Api.Person;
import io.satchel.platform.persistence.DatabaseQueries;
import io.satchel.platform.persistence.ExpiredRows;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Expired sessions are deleted, and nothing else. */
@QuarkusTest
class ExpiredTokensTest {

  @Inject ExpiredRows expiredRows;
  @Inject DataSource database;

  @Test
  void sessions_are_deleted_after_their_refresh_token_has_expired() throws SQLException {
    Person expired = newPerson();
    Person valid = newPerson();
    DatabaseQueries.age(database, "sessions", "expires_at", "0 days", expired.id());
    expiredRows.delete();
    assertEquals(0, DatabaseQueries.count(database, "sessions", expired.id()));
    assertEquals(1, DatabaseQueries.count(database, "sessions", valid.id()));
  }
}
