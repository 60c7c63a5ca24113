package io.satchel.platform.idempotency;

import static io.satchel.Api.as;
import static io.satchel.Api.newPerson;
import static io.satchel.platform.persistence.DatabaseQueries.awaitWaiting;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.satchel.Api;
import io.satchel.Api.Person;
import io.satchel.platform.persistence.DatabaseQueries;
import io.satchel.platform.persistence.ExpiredRows;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stored responses in the database. */
@QuarkusTest
class StoredResponsesTest {

  @Inject DataSource database;
  @Inject ExpiredRows expiredRows;

  private final String key = UUID.randomUUID().toString();
  private Person person;

  @BeforeEach
  void createPerson() {
    person = newPerson();
  }

  @Test
  void a_retry_during_the_first_request_must_wait() throws Exception {
    CompletableFuture<Response> first;
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeQuery("select * from users where id = " + person.id() + " for update");
      first = CompletableFuture.supplyAsync(this::post);
      awaitWaiting(statement); // for the lock of the owner
      post().then().statusCode(409);
      connection.rollback();
    }
    assertEquals(201, first.get(100, SECONDS).statusCode());
    assertEquals(first.get().asString(), post().asString());
  }

  @Test
  void no_response_is_stored_if_the_transaction_fails() throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter table items add constraint none check (title <> '" + key + "')");
      assertEquals(422, post().statusCode());
      assertEquals(0, count());
      statement.execute("alter table items drop constraint none");
    }
    post().then().statusCode(201).header("Idempotent-Replayed", nullValue());
    assertEquals(1, count());
  }

  @Test
  void after_24_hours_the_key_is_new() throws SQLException {
    Response first = post();
    age("23 hours 59 minutes");
    assertEquals(first.asString(), post().asString());
    age("24 hours 1 minute");
    post().then().statusCode(201).header("Idempotent-Replayed", nullValue());
    assertEquals(1, count());
  }

  @Test
  void expired_responses_are_deleted_by_one_replica_at_a_time() throws SQLException {
    post();
    expiredRows.delete();
    assertEquals(1, count());
    age("25 hours");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // the lock that another replica holds while it deletes them
      statement.execute(
          "select pg_advisory_xact_lock(hashtextextended('expired idempotency_keys', 0))");
      expiredRows.delete();
      assertEquals(1, count());
      connection.rollback();
    }
    expiredRows.delete();
    assertEquals(0, count());
  }

  @Test
  void stored_responses_are_deleted_with_the_user() throws SQLException {
    post();
    assertEquals(1, count());
    Api.delete("/users/" + person.id()).statusCode(204);
    assertEquals(0, count());
  }

  private Response post() {
    return as(person)
        .header("Idempotency-Key", key)
        .contentType(ContentType.JSON)
        .body(Map.of("title", key))
        .post("/items/");
  }

  private void age(String interval) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "update idempotency_keys set created_at = now() - interval '"
              + interval
              + "' where name like '%"
              + key
              + "'");
    }
  }

  private int count() throws SQLException {
    return Integer.parseInt(
        query("select count(*) from idempotency_keys where name like '%" + key + "'"));
  }

  private String query(String sql) throws SQLException {
    return DatabaseQueries.valueOf(database, sql);
  }
}
