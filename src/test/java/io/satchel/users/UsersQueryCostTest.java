package io.satchel.users;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.quarkus.test.junit.QuarkusTest;
import io.satchel.platform.pagination.Cursor;
import io.satchel.platform.pagination.KeysetQuery;
import io.satchel.platform.pagination.Row;
import io.satchel.platform.persistence.RowReadCounter;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of users reads only its own rows. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsersQueryCostTest {

  private static final int LIMIT = 20;

  /** Active and inactive users: each partition is read as far as the page needs. */
  private static final int PARTITIONS = 2;

  /** Reading more users in the order of the page can be cheaper than sorting those that match. */
  private static final int MAX_FACTOR = 5;

  private static final String ROWS =
      """
      insert into users
        (id, email, first_name, last_name, password_hash, is_active, created_at, updated_at, version)
      select -id, md5(id::text) || '@cost.example', case when id % 100 = 7 then 'Rare' else 'Common' end,
        'Name', '', id > 20000 or id % 50 = 0, now() - id * interval '1 minute', now(), 0
      from generate_series(1, 40000) as id;
      analyze users;
      """;

  @BeforeAll
  void addRows() {
    RowReadCounter.begin(ROWS);
  }

  @AfterAll
  void removeRows() {
    RowReadCounter.rollback();
  }

  @ParameterizedTest
  @CsvSource({
    "id,", "-id,true", "id,false", "created_at,", "-created_at,true", "created_at,false",
    "updated_at,", "-updated_at,true", "updated_at,false", "email,", "-email,true", "email,false",
  })
  void a_page_reads_only_its_own_rows(String sort, Boolean isActive) {
    UsersPageRequest query = new UsersPageRequest(null, isActive, sort, 0, LIMIT, null);
    KeysetQuery<UserView> users = query.toQuery();
    List<Row<UserView>> rows = users.page(query.sortOrder(), null, 10_000, LIMIT);
    Cursor deep = new Cursor("", rows.getFirst().key(), rows.getFirst().id());
    for (Cursor after : new Cursor[] {null, deep}) {
      assertThat(
          RowReadCounter.by("users", () -> users.page(query.sortOrder(), after, 0, LIMIT)),
          lessThanOrEqualTo(PARTITIONS * LIMIT));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rare", "RARE NAME", "00", "name", "common"})
  void a_search_reads_few_other_rows_than_it_finds(String beginning) {
    for (String sort : List.of("id", "-email", "created_at")) {
      UsersPageRequest query = new UsersPageRequest(beginning, null, sort, 0, LIMIT, null);
      KeysetQuery<UserView> users = query.toQuery();
      assertThat(
          RowReadCounter.by("users", () -> users.page(query.sortOrder(), null, 0, LIMIT)),
          lessThanOrEqualTo(
              (int) (PARTITIONS * (MAX_FACTOR * users.count().orElse(40_000L) + LIMIT))));
    }
  }
}
