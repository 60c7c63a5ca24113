package io.satchel.users;

import static io.satchel.Api.get;
import static io.satchel.Api.newItem;
import static io.satchel.Api.newUser;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.satchel.platform.persistence.DatabaseQueries;
import io.satchel.platform.persistence.SqlStatements;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class UserStatementsTest {

  @Inject DataSource database;

  @ParameterizedTest
  @CsvSource({"1, 2", "25, 2", "26, 3"})
  void a_page_of_users_needs_a_statement_for_the_items_of_25(int size, int statements) {
    for (int i = 0; i < size; i++) {
      long user = newUser();
      newItem(user, "katana");
      newItem(user, "another");
    }
    assertEquals(
        statements, statementsOf(() -> get("/users/?limit=" + size).body("", hasSize(size))));
  }

  @Test
  void a_user_with_items_needs_two_statements() {
    long user = newUser();
    newItem(user, "katana");
    assertEquals(2, statementsOf(() -> get("/users/" + user).statusCode(200)));
  }

  @Test
  void ids_are_fetched_fifty_at_a_time() {
    long user = newUser();
    int statements =
        statementsOf(() -> {
          for (int i = 0; i < 50; i++) newItem(user, "katana");
        });
    assertThat(statements, lessThan(60)); // The user's items are counted every ten seconds.
  }

  @Test
  void the_status_of_a_session_is_not_queried_for_each_request() {
    int requests = 40;
    int lookups =
        SqlStatements.ofCaller(
                () -> {
                  for (int i = 0; i < requests; i++) get("/users/me").statusCode(200);
                })
            .size();
    assertThat(lookups, lessThan(requests / 2));
  }

  @Test
  void no_statement_takes_longer_than_ten_seconds() throws SQLException {
    assertEquals("10s", DatabaseQueries.valueOf(database, "show statement_timeout"));
  }

  private static int statementsOf(Runnable request) {
    return SqlStatements.of(request).size();
  }
}
