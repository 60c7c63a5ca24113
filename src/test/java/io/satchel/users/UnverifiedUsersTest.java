package io.satchel.users;

import static io.satchel.Api.get;
import static io.satchel.Api.newUser;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Only users who signed up while it was required, and have not verified in time, are removed. */
@QuarkusTest
class UnverifiedUsersTest {

  @Inject UnverifiedUsers unverified;
  @Inject DataSource database;

  @Test
  void only_users_who_have_not_verified_in_time_are_removed() throws SQLException {
    long late = user("now() - interval '1 minute'", false);
    long inTime = user("now() + interval '1 hour'", false);
    long verified = user("now() - interval '1 minute'", true);
    long ordinary = user("null", false);
    unverified.removeExpired(); // It is not required now.
    get("/users/" + late).statusCode(200);
    unverified.remove();
    get("/users/" + late).statusCode(404);
    get("/users/" + inTime).statusCode(200);
    get("/users/" + verified).statusCode(200);
    get("/users/" + ordinary).statusCode(200);
  }

  private long user(String verifyBy, boolean isVerified) throws SQLException {
    long id = newUser();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "update users set verify_by = %s, is_verified = %s where id = %d"
              .formatted(verifyBy, isVerified, id));
    }
    return id;
  }
}
