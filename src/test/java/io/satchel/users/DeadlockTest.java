package io.satchel.users;

import static io.satchel.Api.newEmail;
import static io.satchel.Api.newUser;
import static io.satchel.Api.patch;
import static io.satchel.platform.persistence.DatabaseQueries.awaitWaiting;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.satchel.TestServer;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeadlockTest {

  @Inject DataSource database;

  @Test
  void a_change_that_a_deadlock_ended_can_be_retried() throws Exception {
    TestServer.skipOnCitus("it chooses which transaction ends a deadlock");
    long one = newUser();
    long other = newUser();
    String email = newEmail();
    CompletableFuture<ValidatableResponse> change;
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "set local deadlock_timeout = '10min'"); // so that PostgreSQL ends the other transaction
      statement.execute("update users set email_key = '" + email + "' where id = " + one);
      change =
          CompletableFuture.supplyAsync(() -> patch("/users/" + other, Map.of("email", email)));
      awaitWaiting(statement);
      statement.execute("update users set first_name = 'x' where id = " + other);
      connection.rollback();
    }
    change
        .get(100, SECONDS)
        .statusCode(503)
        .header("Retry-After", equalTo("5"))
        .body("type", equalTo("/problems/unavailable"));
    patch("/users/" + other, Map.of("email", email)).statusCode(200);
  }
}
