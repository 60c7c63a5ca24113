package io.satchel.platform.pagination;

import static io.satchel.Api.all;
import static io.satchel.Api.delete;
import static io.satchel.Api.get;
import static io.satchel.Api.newItem;
import static io.satchel.Api.newUser;
import static io.satchel.Api.next;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.hasToString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PaginationTest {

  @Test
  void following_links_neither_repeats_nor_skips() {
    long user = newUser();
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      expected.add((int) newItem(user, "item " + i));
    }
    for (int limit : List.of(1, 2, 3, 7, 100)) {
      assertEquals(
          expected,
          all("/users/" + user + "/items/?limit=" + limit).stream()
              .map(item -> item.get("id"))
              .toList());
    }
  }

  @Test
  void the_last_page_has_no_next_link() {
    long user = newUser();
    newItem(user, "one");
    newItem(user, "two");
    get("/users/" + user + "/items/?limit=2")
        .header("Link", matchesPattern("<http.*/items/\\?limit=2>; rel=\"first\""));
    get("/users/" + user + "/items/?limit=1")
        .header(
            "Link",
            matchesPattern(
                "<http.*/items/\\?limit=1&after=.+>; rel=\"next\", <.*limit=1>; rel=\"first\""));
  }

  @Test
  void following_links_finds_every_row_that_stays() {
    long user = newUser();
    int first = (int) newItem(user, "stays");
    long goes = newItem(user, "goes");
    int third = (int) newItem(user, "stays");
    int fourth = (int) newItem(user, "stays");
    String items = "/users/" + user + "/items/";
    ExtractableResponse<Response> page = get(items + "?limit=2").extract();
    delete("/items/" + goes).statusCode(204);
    int comes = (int) newItem(user, "comes");
    String next = next(page.header("Link")).orElseThrow();
    get(next).body("id", contains(third, fourth));
    get(items).body("id", contains(first, third, fourth, comes));
  }

  @Test
  void skip_leaves_out_elements_at_the_start() {
    long user = newUser();
    newItem(user, "one");
    int two = (int) newItem(user, "two");
    int three = (int) newItem(user, "three");
    String items = "/users/" + user + "/items/";
    get(items + "?skip=1").body("id", contains(two, three));
    get(items + "?skip=1&limit=1").body("id", contains(two));
    get(items + "?skip=3").statusCode(200).body("", hasSize(0));
    // The link continues after the skipped rows.
    String next = next(get(items + "?skip=1&limit=1").extract().header("Link")).orElseThrow();
    get(next).body("id", contains(three)).header("Link", not(containsString("next")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/users/", "/items/"})
  void a_list_is_sorted_by_id(String list) {
    List<Integer> created = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      long user = newUser();
      long item = newItem(user, "katana");
      created.add((int) (list.equals("/users/") ? user : item));
    }
    List<Integer> ids =
        all(list + "?limit=20").stream().map(row -> (Integer) row.get("id")).toList();
    assertThat(ids, hasItems(created.toArray(Integer[]::new)));
    assertEquals(ids.stream().sorted().toList(), ids);
    assertEquals(ids.size(), new HashSet<>(ids).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /users/?limit=0                | /limit
          /users/?limit=101              | /limit
          /users/?limit=abc              | /limit
          /users/?limit=1.5              | /limit
          /users/?limit=99999999999      | /limit
          /users/?skip=-1                | /skip
          /users/?skip=10001             | /skip
          /users/?after=rubbish          | /after
          /users/?after=%00              | /after
          /items/?limit=1001             | /limit
          /items/?limit=0&skip=-1        | /limit /skip
          /items/?limit=x&skip=y&after=! | /after /limit /skip
          /users/abc/items/?limit=0      | /limit /user_id
          """)
  void a_page_request_outside_the_limits_is_rejected(String path, String pointers) {
    get(path)
        .statusCode(422)
        .contentType("application/problem+json")
        .body("errors.pointer.sort()", hasToString("[" + pointers.replace(" ", ", ") + "]"));
  }

  @Test
  void unknown_query_parameters_are_ignored() {
    get("/items/?limit=1&utm_source=x&limits=0").statusCode(200);
  }
}
