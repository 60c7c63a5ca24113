package io.satchel.accounts;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.accessToken;
import static io.satchel.Api.as;
import static io.satchel.Api.logIn;
import static io.satchel.Api.newEmail;
import static io.satchel.Api.refresh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Nothing in the database reminds of a deleted user. */
@QuarkusTest
class DeletedUserTest {

  @Inject DataSource database;

  @Test
  void no_table_keeps_personal_data_of_a_deleted_user() throws SQLException {
    String email = newEmail();
    String secret = "secret" + UUID.randomUUID();
    String agent = "agent" + UUID.randomUUID();
    long id =
        RestAssured.given()
            .contentType(ContentType.JSON)
            .body(Map.of("email", email, "password", PASSWORD, "first_name", secret))
            .post("/users/")
            .jsonPath()
            .getLong("id");
    String token =
        logIn(RestAssured.given().header("User-Agent", agent), email, PASSWORD)
            .extract()
            .jsonPath()
            .getString("refresh_token");
    refresh(RestAssured.given().header("User-Agent", agent), token).statusCode(200);
    String accessToken = accessToken(email, PASSWORD);
    as(accessToken)
        .header("Idempotency-Key", UUID.randomUUID())
        .contentType(ContentType.JSON)
        .body(Map.of("title", secret))
        .post("/items/")
        .then()
        .statusCode(201);
    logIn(email, "wrong").statusCode(400);
    leaveEmails(id, email);
    List<String> traces = List.of(email, secret, agent);
    assertFalse(tablesWith(id, traces).isEmpty());
    as(accessToken).delete("/users/" + id).then().statusCode(204);
    assertEquals(List.of(), tablesWith(id, traces));
  }

  /** Adds what a service that sends e-mails keeps. */
  private void leaveEmails(long id, String email) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          update users set pending_email = 'pending-%2$s' where id = %1$d;
          insert into outbox values
            (gen_random_uuid(), 'PASSWORD_RECOVERY', null, upper('%2$s'), '%2$s', null, now(), 0, now()),
            (gen_random_uuid(), 'EMAIL_VERIFICATION', %1$d, 'pending-%2$s', 'pending-%2$s', null, now(), 0, now());
          insert into email_tokens values
            (%1$d, 'EMAIL_VERIFICATION', sha256('secret'), 'pending-%2$s', now())
          """
              .formatted(id, email));
    }
  }

  /** Returns the tables with a row that contains one of the texts, or names the user's id. */
  private List<String> tablesWith(long userId, List<String> texts) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        String condition =
            """
            to_jsonb(t)::text ~* '%1$s' or '%2$d' in (to_jsonb(t)->>'user_id', to_jsonb(t)->>'owner_id')
            or to_jsonb(t)->>'name' ~ '\\muser %2$d\\M'
            """
                .formatted(String.join("|", texts), userId);
        try (ResultSet rows =
            statement.executeQuery("select 1 from %s t where %s".formatted(table, condition))) {
          if (rows.next()) {
            found.add(table);
          }
        }
      }
    }
    return found;
  }
}
