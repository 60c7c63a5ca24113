package io.satchel.items;

import static io.satchel.Api.all;
import static io.satchel.Api.as;
import static io.satchel.Api.asAdmin;
import static io.satchel.Api.get;
import static io.satchel.Api.newPerson;
import static io.satchel.Api.newUser;
import static io.satchel.Api.next;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.satchel.Api.Person;
import io.satchel.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searching, filtering and sorting lists of items. */
@QuarkusTest
class SearchTest {

  private Person owner;
  private String items;

  @BeforeEach
  void createOwner() {
    owner = newPerson();
    items = "/users/" + owner.id() + "/items/";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          katana                 | red katana, Blue KATANA, sharp
          red katana             | red katana
          "red katana"           | red katana
          "katana red"           | ''
          katana -red            | Blue KATANA, sharp
          -katana                | unicorn, the end
          unicorn or red         | red katana, unicorn
          the end                | the end
          kat                    | ''
          katanas                | ''
          !!!                    | ''
          ' '                    | red katana, Blue KATANA, unicorn, sharp, the end
          katana & ! ( <-> :*    | red katana, Blue KATANA, sharp
          """)
  void words_are_found_in_titles_and_descriptions(String words, String titles) {
    add("red katana", null);
    add("Blue KATANA", null);
    add("unicorn", "a fluffy one");
    add("sharp", "like a katana");
    add("the end", "");
    List<String> expected =
        titles.isEmpty() ? List.of() : Stream.of(titles.split(", ", -1)).toList();
    asAdmin()
        .queryParam("q", words)
        .get(items)
        .then()
        .statusCode(200)
        .body("title", equalTo(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Café                   | cafe",
        "Cafe\u0301             | café",
        "cafe                   | CAFÉ",
        "İstanbul               | istanbul",
        "ﬁnal                   | final",
        "report.final.pdf       | final",
        "report.final.pdf       | report.final.pdf",
        "report.final.pdf       | pdf report",
        "https://www.example.com/shop/red_katana?id=7 | katana",
        "https://www.example.com/shop/red_katana?id=7 | example.com",
        "https://www.example.com/shop/red_katana?id=7 | red_katana",
        "/etc/nginx/nginx.conf  | etc",
        "deadpool@example.com   | deadpool",
        "well-known             | known",
        "well-known             | well-known",
        "well known             | well-known",
        "don’t                  | don't",
        "v1.2.3                 | v1.2",
        "red katana             | \"red katana\" or blue",
        "red katana             | red -blue",
        "red katana             | katana -report.final.pdf",
        "日本語                  | 日本語",
        "東京、大阪               | 大阪",
      })
  void words_are_found_as_people_see_them(String title, String words) {
    add(title, null);
    asAdmin().queryParam("q", words).get(items).then().statusCode(200).body("", hasSize(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "report.final.pdf       | -report.final.pdf report",
        "report.final.pdf       | -final report",
        "report.final.pdf       | -\"final pdf\" report",
        "report.final.pdf       | final.report",
        "report.pdf final       | -\"report pdf\" final",
        "well known             | \"known well\"",
        "red                    | ...",
        "red                    | -",
        "red                    | \"",
      })
  void words_in_another_order_or_excluded_are_not_found(String title, String words) {
    add(title, null);
    asAdmin().queryParam("q", words).get(items).then().statusCode(200).body("", empty());
  }

  @Test
  void sort_by_relevance_starts_with_the_best_match() {
    add("other", "katana");
    add("katana", null);
    add("katana katana", "katana");
    get(items + "?q=katana&sort=relevance")
        .body("title", contains("katana katana", "katana", "other"));
    assertEquals(3, all(items + "?q=katana&sort=relevance&limit=1").size());
    get(items + "?sort=relevance").statusCode(422).body("errors.pointer", contains("/sort"));
  }

  @Test
  void a_search_finds_only_visible_items() {
    String unique = "x" + UUID.randomUUID().toString().replace("-", "");
    add(Map.of("title", "katana " + unique, "visibility", "private"));
    String query = "/items/?q=" + unique;
    as(owner).get(query).then().body("", hasSize(1));
    get(query).body("", hasSize(1));
    as(newPerson()).get(query).then().statusCode(200).body("", empty());
    as(newPerson()).get(query + "&visibility=private").then().body("", empty());
    as(newPerson()).get(query + "&owner_id=" + owner.id()).then().body("", empty());
  }

  @Test
  void date_bounds_are_inclusive_and_created_after_is_exclusive() {
    add(Map.of("title", "undated"));
    for (String day : List.of("2026-01-01", "2026-01-02", "2026-01-03")) {
      add(Map.of("title", day, "date", day));
    }
    get(items + "?date_from=2026-01-02").body("title", contains("2026-01-02", "2026-01-03"));
    get(items + "?date_to=2026-01-02").body("title", contains("2026-01-01", "2026-01-02"));
    get(items + "?date_from=2026-01-02&date_to=2026-01-02").body("title", contains("2026-01-02"));
    add(Map.of("title", "leap", "date", "1582-10-10"));
    get(items + "?date_from=1582-10-10&date_to=1582-10-10").body("title", contains("leap"));
    get(items + "?date_to=1582-10-09").body("", empty());
    get(items + "?date_from=2026-01-03&date_to=2026-01-02").statusCode(200).body("", empty());
    List<String> created = get(items).extract().jsonPath().getList("created_at");
    get(items + "?created_after=" + created.get(1))
        .body("title", contains("2026-01-02", "2026-01-03", "leap"));
    asAdmin()
        .queryParam("created_after", created.get(4).replace("Z", "+00:00"))
        .get(items)
        .then()
        .body("", empty());
  }

  /** Without the Z, times of different precision are in the order of their texts. */
  private static String sortKey(Map<String, Object> row, String sort) {
    String value = String.valueOf(row.get(sort));
    return sort.equals("id") ? "" : sort.endsWith("_at") ? value.replace("Z", "") : value;
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "created_at", "updated_at", "title", "date"})
  void every_combination_of_filters_pages_without_repeating_or_skipping(String sort) {
    addMany();
    List<Map<String, Object>> rows = all(items);
    Comparator<Map<String, Object>> order =
        Comparator.<Map<String, Object>, String>comparing(
                row -> sortKey(row, sort),
                (a, b) -> a.compareTo(b)) // by code point; null comes after all dates
            .thenComparingLong(row -> ((Number) row.get("id")).longValue());
    Map<String, Predicate<Map<String, Object>>> filters =
        Map.of(
            "", row -> true,
            "&q=odd", row -> row.get("description").equals("odd"),
            "&visibility=private", row -> row.get("visibility").equals("private"),
            "&date_from=2026-01-03", row -> isFrom(row, "2026-01-03"),
            "&q=odd&visibility=public&date_from=2026-01-02&created_after=2020-01-01T00:00:00Z",
                row ->
                    row.get("description").equals("odd")
                        && row.get("visibility").equals("public")
                        && isFrom(row, "2026-01-02"));
    filters.forEach((query, filter) -> {
      List<Object> expected =
          rows.stream().filter(filter).sorted(order).map(row -> row.get("id")).toList();
      for (int limit : List.of(2, 100)) {
        String up = items + "?limit=" + limit + query + "&sort=" + sort;
        assertEquals(expected, ids(up), up);
        String down = items + "?limit=" + limit + query + "&sort=-" + sort;
        assertEquals(expected.reversed(), ids(down), down);
        assertEquals(
            expected, ids("/items/?owner_id=" + owner.id() + "&limit=2" + query + "&sort=" + sort));
      }
    });
  }

  private static boolean isFrom(Map<String, Object> row, String day) {
    return row.get("date") != null && row.get("date").toString().compareTo(day) >= 0;
  }

  private static List<Object> ids(String path) {
    return all(path).stream().map(row -> row.get("id")).toList();
  }

  @Test
  void a_cursor_is_rejected_for_another_list() {
    addMany();
    String next =
        next(get(items + "?limit=1&q=odd&sort=title").extract().header("Link")).orElseThrow();
    get(next).statusCode(200).body("", hasSize(1));
    get(next.replace("limit=1", "limit=2")).statusCode(200).body("", hasSize(2));
    for (String other :
        List.of(
            next.replace("sort=title", "sort=-title"),
            next.replace("sort=title", "sort=id"),
            next.replace("q=odd&sort=title", "q=odd%2C%20sort%3Dtitle"),
            next.replace("q=odd", "q=even"),
            next.replace("q=odd&", ""),
            next + "&visibility=public",
            next + "&owner_id=" + owner.id(),
            next.replace(items, "/items/"))) {
      get(other).statusCode(422).body("errors.pointer", contains("/after"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"created_at", "date", "relevance", "title"})
  void a_made_up_cursor_is_rejected(String sort) {
    addMany();
    String path = items + "?limit=1&q=odd&sort=" + sort;
    String next = next(get(path).extract().header("Link")).orElseThrow();
    String cursor = next.replaceFirst(".*after=", "");
    List<String> parts = List.of(decoded(cursor).split(" ", 3));
    for (String key : List.of("rubbish\u0000", "", "2026-99-99", "1e999", "\u0000")) {
      String forged = encoded(parts.get(0) + " " + parts.get(1) + " " + key);
      int status = asAdmin().get(next.replace(cursor, forged)).statusCode();
      assertEquals(sort.equals("title") && !key.contains("\u0000") ? 200 : 422, status, key);
    }
  }

  private static String decoded(String cursor) {
    return new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
  }

  private static String encoded(String cursor) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.getBytes(UTF_8));
  }

  @Test
  void links_contain_the_filters() {
    add("a & b = c?/#%+", "odd \"phrase\"");
    add("a & b = c?/#%+", "odd \"phrase\"");
    String link =
        asAdmin()
            .queryParam("q", "\"a b\" c -d%+&=")
            .queryParam("limit", 1)
            .get(items)
            .then()
            .statusCode(200)
            .header("Link", containsString("rel=\"first\""))
            .extract()
            .header("Link");
    asAdmin()
        .urlEncodingEnabled(false)
        .get(next(link).orElseThrow())
        .then()
        .statusCode(200)
        .body("", hasSize(1));
  }

  @ParameterizedTest
  @CsvSource({
    "count=exact, 4", "'return=minimal, count=exact', 4", "COUNT = \"exact\", 4",
        "count=exact;x=y, 4",
    "count=planned,", "count=exactly,", "discount=exact,", "rubbish,",
  })
  void the_total_is_counted_if_the_client_prefers_it(String preference, String total) {
    addMany();
    asAdmin()
        .header("Prefer", preference)
        .get(items + "?q=odd&limit=1&skip=1")
        .then()
        .statusCode(200)
        .body("", hasSize(1))
        .header("X-Total-Count", total == null ? nullValue() : equalTo(total))
        .header("Preference-Applied", total == null ? nullValue() : equalTo("count=exact"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          owner_id=x                       | /owner_id
          visibility=secret                | /visibility
          date_from=2026-1-1               | /date_from
          date_to=0000-01-01               | /date_to
          date_to=2026-02-30               | /date_to
          created_after=2026-01-01         | /created_after
          created_after=9999-12-31T23:59:59-18:00 | /created_after
          sort=rank                        | /sort
          sort=--id                        | /sort
          sort=-relevance&q=x              | /sort
          q=%00                            | /q
          date_from=x&sort=y&visibility=z  | /date_from /visibility /sort
          """)
  void an_invalid_parameter_is_rejected(String query, String pointers) {
    asAdmin()
        .urlEncodingEnabled(false)
        .get(items + "?" + query)
        .then()
        .statusCode(422)
        .body(
            "errors.pointer.sort()", equalTo(Stream.of(pointers.split(" ", -1)).sorted().toList()));
  }

  @Test
  void a_search_text_has_at_most_200_characters() {
    get(items + "?q=" + "x".repeat(201)).statusCode(422).body("errors.pointer", contains("/q"));
    asAdmin().queryParam("q", "😀".repeat(200)).get(items).then().statusCode(200);
  }

  private void addMany() {
    List<Map<String, Object>> many = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      many.add(
          Map.of(
              "title",
              List.of("b", "B", "a", "b", "ä", "aa", "b b").get(i),
              "description",
              i % 2 == 0 ? "odd" : "even",
              "visibility",
              i % 3 == 0 ? "private" : "public",
              "date",
              "2026-01-0" + (1 + i / 2)));
    }
    many.add(Map.of("title", "b", "description", "even"));
    as(owner)
        .contentType(ContentType.JSON)
        .body(many)
        .post("/items/batch")
        .then()
        .statusCode(201)
        .body("title", contains("b", "B", "a", "b", "ä", "aa", "b b", "b"));
  }

  private void add(String title, String description) {
    add(
        description == null
            ? Map.of("title", title)
            : Map.of("title", title, "description", description));
  }

  private void add(Map<String, String> item) {
    as(owner).contentType(ContentType.JSON).body(item).post("/items/").then().statusCode(201);
  }

  @Test
  void more_than_ten_thousand_matches_are_not_counted() throws SQLException {
    long owner = newUser();
    insertItems(owner, 10_000);
    assertTotal(owner, "10000");
    insertItems(owner, 1);
    assertTotal(owner, null);
  }

  private void insertItems(long owner, int number) throws SQLException {
    try (Connection connection = DriverManager.getConnection(TestDatabase.url().orElseThrow());
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into items (id, owner_id, title, visibility, created_at, updated_at, version)
          select nextval('items_seq'), %d, 'counted', 'public', now(), now(), 0
          from generate_series(1, %d)
          """
              .formatted(owner, number));
    }
  }

  private static void assertTotal(long owner, String total) {
    asAdmin()
        .header("Prefer", "count=exact")
        .get("/items/?limit=1&owner_id=" + owner)
        .then()
        .statusCode(200)
        .header("X-Total-Count", total == null ? nullValue() : equalTo(total))
        .header("Preference-Applied", total == null ? nullValue() : equalTo("count=exact"));
  }
}
