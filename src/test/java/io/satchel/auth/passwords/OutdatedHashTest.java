package io.satchel.auth.passwords;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.logIn;
import static io.satchel.Api.newPerson;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.quarkus.test.junit.QuarkusTest;
import io.satchel.Api.Person;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OutdatedHashTest {

  @Inject DataSource database;

  @Test
  void an_outdated_hash_is_replaced_at_the_next_login() throws SQLException {
    Person person = newPerson();
    String weak =
        com.password4j.Password.hash(PASSWORD)
            .addRandomSalt(16)
            .with(Argon2Function.getInstance(1024, 1, 1, 32, Argon2.ID))
            .getResult();
    setHash(person.id(), weak);
    logIn(person.email(), "wrong").statusCode(400);
    assertEquals(weak, hash(person.id()));
    logIn(person.email(), PASSWORD).statusCode(200);
    String renewed = hash(person.id());
    assertThat(renewed, startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    logIn(person.email(), PASSWORD).statusCode(200);
    assertEquals(renewed, hash(person.id()));
  }

  private void setHash(long id, String hash) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement("update users set password_hash = ? where id = ?")) {
      update.setString(1, hash);
      update.setLong(2, id);
      assertEquals(1, update.executeUpdate());
    }
  }

  private String hash(long id) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select password_hash from users where id = ?")) {
      select.setLong(1, id);
      ResultSet rows = select.executeQuery();
      rows.next();
      return rows.getString(1);
    }
  }
}
