package io.satchel.data;

import static io.satchel.Api.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.satchel.Api;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Holds that a page costs what is on it, whatever else there is: that no list reads, sorts or skips
 * rows in a number that grows with the table or with the depth of the page.
 */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryPlanTest {

  private static final int LIMIT = 100;
  private static final long USERS = 10_000;
  private static final long ITEMS = 100_000;
  private static final String ROWS =
      """
      insert into users (id, email, password_hash, is_active, created_at, updated_at, version)
      select -id, id || '@example.org', '', true, now(), now(), 0
      from generate_series(1, %1$d) as id;
      insert into items (id, owner_id, title, visibility, created_at, updated_at, version)
      select -id, -(id %% %1$d) - 1, 'item ' || id, case id %% 3 when 0 then 'public' else 'private' end,
        now(), now(), 0
      from generate_series(1, %2$d) as id;
      analyze users;
      analyze items;
      """
          .formatted(USERS, ITEMS);

  @Inject DataSource database;

  /** Its transaction holds many rows, which nobody else sees, and is rolled back. */
  private Connection connection;

  @BeforeAll
  void addRows() throws SQLException {
    connection = database.getConnection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(ROWS);
    }
  }

  @AfterAll
  void removeRows() throws SQLException {
    connection.rollback();
    connection.close();
  }

  @Test
  void a_page_of_items_reads_what_is_on_it_alone() throws Exception {
    String sql = statementsOf("/items/").getFirst();
    assertReads(LIMIT, sql, -ITEMS - 1, 0, LIMIT);
    assertReads(LIMIT, sql, -1_000L, 0, LIMIT);
  }

  @Test
  void a_page_of_an_owner_s_items_reads_what_is_on_it_alone() throws Exception {
    String sql = statementsOf("/users/" + Api.newUser() + "/items/").getFirst();
    assertReads(10, sql, -500L, -ITEMS - 1, 0, LIMIT);
    assertReads(5, sql, -500L, -ITEMS / 2 - 1, 0, LIMIT);
  }

  @Test
  void what_a_caller_may_not_see_is_not_read() throws Exception {
    Api.Person caller = Api.newPerson();
    Function<String, String> statement =
        path -> Statements.of(() -> Api.as(caller).get(path).then().statusCode(200)).getFirst();
    String all = statement.apply("/items/");
    assertReads(LIMIT + 1, all, -ITEMS - 1, LIMIT, -500L, -ITEMS - 1, LIMIT, LIMIT, 0);
    assertReads(LIMIT, all, -ITEMS - 1, LIMIT, caller.id(), -ITEMS - 1, LIMIT, LIMIT, 0);
    assertReads(LIMIT, all, -1_000L, LIMIT, caller.id(), -1_000L, LIMIT, LIMIT, 0);
    assertReads(3, statement.apply("/users/1/items/"), -500L, -ITEMS - 1, 0, LIMIT);
  }

  @Test
  void a_page_of_users_reads_what_is_on_it_alone() throws Exception {
    List<String> statements = statementsOf("/users/");
    assertReads(LIMIT, statements.get(0), -USERS - 1, 0, LIMIT);
    assertReads(LIMIT, statements.get(0), -500L, 0, LIMIT);
    Long[] owners = LongStream.range(-600, -500).boxed().toArray(Long[]::new);
    assertReads(owners.length * 7L, statements.get(1), owners, 0L, true, 7);
  }

  private static List<String> statementsOf(String path) {
    Api.newItem(Api.newUser(), "so that there is one");
    return Statements.of(() -> get(path).statusCode(200));
  }

  private void assertReads(long rows, String sql, Object... parameters) throws Exception {
    JsonNode plan = run(sql, parameters);
    assertEquals(rows, rowsRead(plan), plan::toPrettyString);
  }

  /** Runs the statement among the many rows, and tells how. */
  private JsonNode run(String sql, Object... parameters) throws Exception {
    try (PreparedStatement explain =
        connection.prepareStatement("explain (analyze, format json) " + sql)) {
      for (int i = 0; i < parameters.length; i++) {
        explain.setObject(i + 1, parameters[i]);
      }
      try (ResultSet answer = explain.executeQuery()) {
        answer.next();
        return new ObjectMapper().readTree(answer.getString(1)).at("/0/Plan");
      }
    }
  }

  /** How many rows are read by a part of a plan, and what is below it. */
  private static long rowsRead(JsonNode plan) {
    long rows = 0;
    if (plan.has("Relation Name")) {
      rows = plan.get("Actual Rows").asLong() + plan.path("Rows Removed by Filter").asLong();
      rows *= plan.get("Actual Loops").asLong();
    }
    for (JsonNode child : plan.path("Plans")) {
      rows += rowsRead(child);
    }
    return rows;
  }
}
