package io.satchel.platform.http;

import static io.satchel.Api.as;
import static io.satchel.Api.newPerson;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.satchel.TestServer;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A constraint that the code does not know, and whenever it is checked, is no internal error. */
@QuarkusTest
class ConstraintProblemsTest {

  @Inject DataSource database;

  @BeforeAll
  static void require_one_server() {
    TestServer.skipOnCitus("it adds constraints that distributed tables cannot have");
  }

  @ParameterizedTest
  @CsvSource({
    "check (title <> 'forbidden'), 422, invalid-input",
    "exclude using btree (title with =) where (title = 'forbidden'), 422, invalid-input",
    "exclude using btree (title with =) where (title = 'forbidden') deferrable initially deferred, 422, invalid-input",
    "foreign key (owner_id) references nobody (id) not valid, 404, not-found",
    "foreign key (owner_id) references nobody (id) deferrable initially deferred not valid, 404, not-found",
  })
  void an_unknown_constraint_is_a_problem_of_the_client(
      String constraint, int status, String problem) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table nobody (id bigint primary key)");
      statement.execute("alter table items add constraint unknown " + constraint);
      try {
        if (constraint.startsWith("exclude")) {
          create().then().statusCode(201);
        }
        create()
            .then()
            .statusCode(status)
            .contentType("application/problem+json")
            .body("type", equalTo("/problems/" + problem));
      } finally {
        statement.execute("alter table items drop constraint unknown");
        statement.execute("drop table nobody");
        statement.execute("delete from items where title = 'forbidden'");
      }
    }
  }

  @Test
  void an_unknown_unique_index_is_a_taken_value() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create unique index unknown on items (title) where title = 'forbidden'");
      try {
        create().then().statusCode(201);
        create().then().statusCode(400).body("type", equalTo("/problems/taken"));
      } finally {
        statement.execute("drop index unknown");
        statement.execute("delete from items where title = 'forbidden'");
      }
    }
  }

  private static Response create() {
    return as(newPerson())
        .contentType(ContentType.JSON)
        .body(Map.of("title", "forbidden"))
        .post("/items/");
  }
}
