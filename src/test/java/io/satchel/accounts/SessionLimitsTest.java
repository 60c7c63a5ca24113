package io.satchel.accounts;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.as;
import static io.satchel.Api.awaitRevocation;
import static io.satchel.Api.logIn;
import static io.satchel.Api.newPersonWithLogin;
import static io.satchel.Api.refresh;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.satchel.Api.Person;
import io.satchel.platform.persistence.DatabaseQueries;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** How many sessions a user can have, and how long. */
@QuarkusTest
class SessionLimitsTest {

  @Inject DataSource database;

  @Test
  void a_further_login_ends_the_oldest_of_fifty_sessions() throws SQLException {
    Person person = newPersonWithLogin();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into sessions
          select gen_random_uuid(), user_id, gen_random_uuid(), refresh_token_hash,
            created_at + n * interval '1 second', last_used_at, address, user_agent, expires_at
          from sessions, generate_series(1, 49) as n where user_id = %d
          """
              .formatted(person.id()));
    }
    as(person).get("/users/me/sessions").then().statusCode(200).body("", hasSize(50));
    logIn(person.email(), PASSWORD).statusCode(200);
    awaitRevocation(person.accessToken());
    assertEquals(50, DatabaseQueries.count(database, "sessions", person.id()));
  }

  @Test
  void a_session_ends_after_ninety_days_although_it_is_used() throws SQLException {
    Person person = newPersonWithLogin();
    String token = logIn(person.email(), PASSWORD).extract().jsonPath().getString("refresh_token");
    age(person, "89 days");
    String next =
        refresh(RestAssured.given(), token)
            .statusCode(200)
            .extract()
            .jsonPath()
            .getString("refresh_token");
    assertEquals(
        "90",
        DatabaseQueries.valueOf(
            database,
            "select extract(day from expires_at - created_at)::int from sessions"
                + " where user_id = %d order by last_used_at desc".formatted(person.id())));
    age(person, "91 days");
    refresh(RestAssured.given(), next).statusCode(400);
  }

  @Test
  void a_replaced_refresh_token_is_accepted_in_the_grace_period_only() throws SQLException {
    Person person = newPersonWithLogin();
    String token = logIn(person.email(), PASSWORD).extract().path("refresh_token");
    String next =
        refresh(RestAssured.given(), token).statusCode(200).extract().path("refresh_token");
    DatabaseQueries.valueOf(
        database,
        "update sessions set last_used_at = now() - interval '11 minutes' where user_id = %d returning 1"
            .formatted(person.id()));
    refresh(RestAssured.given(), token).statusCode(400);
    refresh(RestAssured.given(), next).statusCode(400); // It may have been stolen.
  }

  /** Makes the log-ins of a user older, but not their refresh tokens. */
  private void age(Person person, String age) throws SQLException {
    DatabaseQueries.valueOf(
        database,
        """
        update sessions set created_at = now() - interval '%s',
          expires_at = now() + interval '1 day' where user_id = %d returning 1
        """
            .formatted(age, person.id()));
  }
}
