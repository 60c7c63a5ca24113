package io.satchel.users;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.quarkus.test.junit.QuarkusTest;
import io.satchel.data.RowsRead;
import io.satchel.http.Cursor;
import io.satchel.lists.Listing;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds that a page of users costs what is on it. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsersCostTest {

  private static final int LIMIT = 20;

  /** Those who are active, and those who are not: each is read as far as the page goes. */
  private static final int KINDS = 2;

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
    RowsRead.begin(ROWS);
  }

  @AfterAll
  void removeRows() {
    RowsRead.rollback();
  }

  @ParameterizedTest
  @CsvSource({
    "id,", "-id,true", "id,false", "created_at,", "-created_at,true", "created_at,false",
    "updated_at,", "-updated_at,true", "updated_at,false", "email,", "-email,true", "email,false",
  })
  void a_page_reads_what_is_on_it_alone(String sort, Boolean isActive) {
    UsersQuery query = new UsersQuery(null, isActive, sort, 0, LIMIT, null);
    Listing<User> users = query.list();
    List<Listing.Row<User>> rows = users.page(query.order(), null, 10_000, LIMIT);
    Cursor deep = new Cursor("", rows.getFirst().key(), rows.getFirst().id());
    for (Cursor after : new Cursor[] {null, deep}) {
      assertThat(
          RowsRead.by("users", () -> users.page(query.order(), after, 0, LIMIT)),
          lessThanOrEqualTo(KINDS * LIMIT));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rare", "RARE NAME", "00", "name", "common"})
  void a_search_reads_what_it_finds_at_most_or_less(String beginning) {
    for (String sort : List.of("id", "-email", "created_at")) {
      UsersQuery query = new UsersQuery(beginning, null, sort, 0, LIMIT, null);
      Listing<User> users = query.list();
      assertThat(
          RowsRead.by("users", () -> users.page(query.order(), null, 0, LIMIT)),
          lessThanOrEqualTo((int) (KINDS * (users.count() + LIMIT))));
    }
  }
}
