package io.satchel.auth.attempts;

import static io.satchel.Api.newPersonWithLogin;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.satchel.Api.Person;
import io.satchel.platform.persistence.DatabaseQueries;
import io.satchel.platform.persistence.ExpiredRows;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A known address expires 90 days after the last log-in. */
@QuarkusTest
class KnownAddressesTest {

  @Inject ExpiredRows expiredRows;
  @Inject DataSource database;

  @Test
  void an_address_is_known_for_ninety_days() throws SQLException {
    Person absent = newPersonWithLogin();
    Person present = newPersonWithLogin();
    DatabaseQueries.age(database, "known_addresses", "last_login_at", "91 days", absent.id());
    DatabaseQueries.age(database, "known_addresses", "last_login_at", "89 days", present.id());
    expiredRows.delete();
    assertEquals(0, DatabaseQueries.count(database, "known_addresses", absent.id()));
    assertEquals(1, DatabaseQueries.count(database, "known_addresses", present.id()));
  }
}
