package io.satchel.items;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.satchel.auth.Caller;
import io.satchel.platform.pagination.Cursor;
import io.satchel.platform.pagination.KeysetQuery;
import io.satchel.platform.pagination.Row;
import io.satchel.platform.persistence.RowReadCounter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A page of items reads only its own rows, whatever the sort order and the depth. The items of one
 * owner are sorted, unless the order is by id. The test counts the rows that PostgreSQL has
 * fetched.
 */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ItemsQueryCostTest {

  private static final int LIMIT = 20;
  private static final int SKIP = 3;

  /**
   * Public and private items: each partition is read as far as the page needs. Of a few items of
   * one owner, PostgreSQL may sort all.
   */
  private static final int MAX_FACTOR = 3;

  private static final long USERS = 1_000;
  private static final long ITEMS = 100_000;

  /** Owns a tenth of all items. */
  private static final long OWNER_OF_MANY = -1;

  /** Owns the last items by id. A plan for the values would read all others first. */
  private static final long OWNER_OF_LAST = -2;

  /**
   * Dates and times correlate with ids, as in reality. This misleads the planner most, as does a
   * rare word among few common ones.
   */
  private static final String ROWS =
      """
      insert into users (id, email, password_hash, is_active, created_at, updated_at, version)
      select -id, id || '@cost.example', '', true, now(), now(), 0
      from generate_series(1, %1$d) as id;
      insert into items
        (id, owner_id, title, description, visibility, date, created_at, updated_at, version)
      select -id, case when id <= 15000 then -2 when id %% 10 = 0 then -1 else -(id %% %1$d) - 1 end, 'item ' || md5(id::text),
        case when id %% 10000 = 7 then 'a rare find' else 'a common thing' end,
        case id %% 3 when 0 then 'private' else 'public' end,
        case id %% 5 when 0 then null else date '2024-01-01' - (id / 100)::int end,
        timestamptz '2024-01-01' - id * interval '1 minute', now(), 0
      from generate_series(1, %2$d) as id;
      analyze users;
      analyze items;
      """
          .formatted(USERS, ITEMS);

  private static final List<String> SORTS =
      List.of("id", "created_at", "updated_at", "title", "date");

  @BeforeAll
  void addRows() {
    RowReadCounter.begin(ROWS);
  }

  @AfterAll
  void removeRows() {
    RowReadCounter.rollback();
  }

  static Stream<Arguments> queries() {
    LocalDate early = LocalDate.of(2021, 6, 1);
    LocalDate late = LocalDate.of(2023, 12, 1);
    Instant recent = Instant.parse("2023-12-30T00:00:00Z");
    List<Arguments> all = new ArrayList<>();
    for (Caller caller : List.of(admin(), user(-500), user(OWNER_OF_MANY))) {
      for (String direction : List.of("", "-")) {
        for (String sort : SORTS) {
          for (Visibility visibility :
              new Visibility[] {null, Visibility.PUBLIC, Visibility.PRIVATE})
            for (Long owner : new Long[] {null, -500L, OWNER_OF_MANY}) {
              all.add(query(caller, owner, visibility, null, null, null, direction + sort));
            }
        }
        // Whether the caller's own items are filtered or sorted first, PostgreSQL decides.
        if (caller.id() == OWNER_OF_MANY) {
          continue;
        }
        all.add(query(caller, null, null, null, null, recent, direction + "id"));
        all.add(query(caller, null, null, early, null, null, direction + "date"));
        all.add(query(caller, null, null, late, null, null, direction + "date"));
        all.add(query(caller, null, null, early, early.plusDays(3), null, direction + "date"));
        all.add(query(caller, null, null, null, null, recent, direction + "created_at"));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void a_page_reads_only_its_own_rows(Caller caller, ItemsPageRequest query) {
    KeysetQuery<ItemView> items = VisibleItems.list(query, caller);
    int most = MAX_FACTOR * (SKIP + LIMIT) + sorted(caller, query);
    assertThat(
        "the first page of " + query,
        RowReadCounter.by("items", () -> items.page(query.sortOrder(), null, SKIP, LIMIT)),
        lessThanOrEqualTo(most));
    List<Row<ItemView>> rows = items.page(query.sortOrder(), null, 10_000, LIMIT);
    if (!rows.isEmpty()) {
      Cursor deep = new Cursor("", rows.getFirst().key(), rows.getFirst().id());
      assertThat(
          "a deep page of " + query,
          RowReadCounter.by("items", () -> items.page(query.sortOrder(), deep, SKIP, LIMIT)),
          lessThanOrEqualTo(most));
    }
  }

  /** Returns how many rows of one owner are sorted, because their index is by id. */
  private static int sorted(Caller caller, ItemsPageRequest query) {
    boolean isOfAll =
        query.ownerId() == null && (caller.isAdmin() || query.visibility() == Visibility.PUBLIC);
    if (isOfAll || query.sort().endsWith("id")) {
      return 0;
    }
    long owner = query.ownerId() == null ? caller.id() : query.ownerId();
    return VisibleItems.list(
            new ItemsPageRequest(null, owner, null, null, null, null, "id", 0, 1, null), admin())
        .count()
        .orElse(Long.valueOf(ITEMS))
        .intValue();
  }

  @ParameterizedTest
  @MethodSource("sorts")
  void a_search_reads_at_most_the_rows_that_it_finds(String sort) {
    for (String words : List.of("absent", "rare", "common")) {
      ItemsPageRequest query =
          new ItemsPageRequest(words, null, null, null, null, null, sort, 0, LIMIT, null);
      KeysetQuery<ItemView> items = VisibleItems.list(query, admin());
      long found = items.count().orElse(Long.valueOf(ITEMS));
      assertThat(
          RowReadCounter.by("items", () -> items.page(query.sortOrder(), null, 0, LIMIT)),
          lessThanOrEqualTo(Math.toIntExact(MAX_FACTOR * found)));
    }
  }

  @Test
  void counting_a_search_reads_only_what_it_finds() {
    ItemsPageRequest query =
        new ItemsPageRequest("rare", null, null, null, null, null, "id", 0, LIMIT, null);
    KeysetQuery<ItemView> items = VisibleItems.list(query, admin());
    int found = items.count().orElseThrow().intValue();
    assertThat(RowReadCounter.by("items", items::count), lessThanOrEqualTo(MAX_FACTOR * found));
  }

  static Stream<String> sorts() {
    return Stream.concat(SORTS.stream(), Stream.of("relevance"));
  }

  @Test
  void a_page_of_one_owner_does_not_read_the_items_of_others() {
    assertThat(
        RowReadCounter.by("items", () -> VisibleItems.firstOfOwner(OWNER_OF_LAST, admin(), LIMIT)),
        lessThanOrEqualTo(MAX_FACTOR * LIMIT));
  }

  @Test
  void only_the_first_items_of_each_owner_are_read() {
    List<Long> owners = LongStream.range(-600, -500).boxed().toList();
    assertThat(
        RowReadCounter.by("items", () -> VisibleItems.firstOfEachOwner(owners, admin(), 7)),
        lessThanOrEqualTo(MAX_FACTOR * owners.size() * 7));
  }

  @Test
  void only_visible_items_of_each_owner_are_read() {
    List<Long> owners = List.of(-500L, OWNER_OF_MANY);
    Set<Visibility> visible = visibilities(VisibleItems.firstOfEachOwner(owners, user(-500), 100));
    assertEquals(Set.of(Visibility.PUBLIC), visible);
    Set<Visibility> all = visibilities(VisibleItems.firstOfEachOwner(owners, admin(), 100));
    assertEquals(Set.of(Visibility.PUBLIC, Visibility.PRIVATE), all);
  }

  private static Set<Visibility> visibilities(Map<Long, List<ItemView>> items) {
    return items.get(OWNER_OF_MANY).stream().map(ItemView::visibility).collect(toSet());
  }

  private static Arguments query(
      Caller caller,
      Long owner,
      Visibility visibility,
      LocalDate from,
      LocalDate to,
      Instant after,
      String sort) {
    return Arguments.of(
        caller,
        new ItemsPageRequest(null, owner, visibility, from, to, after, sort, 0, LIMIT, null));
  }

  private static Caller admin() {
    return new TestCaller(0, true);
  }

  private static Caller user(long id) {
    return new TestCaller(id, false);
  }

  /** A caller without a request. */
  private static final class TestCaller extends Caller {

    private final long id;
    private final boolean isAdmin;

    TestCaller(long id, boolean isAdmin) {
      this.id = id;
      this.isAdmin = isAdmin;
    }

    @Override
    public long id() {
      return id;
    }

    @Override
    public boolean isAdmin() {
      return isAdmin;
    }

    @Override
    public String toString() {
      return isAdmin ? "admin" : "user " + id;
    }
  }
}
