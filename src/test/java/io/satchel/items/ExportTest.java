package io.satchel.items;

import static io.satchel.Api.all;
import static io.satchel.Api.as;
import static io.satchel.Api.newItem;
import static io.satchel.Api.newPerson;
import static io.satchel.Api.next;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.satchel.Api.Person;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exporting all items in one response. */
@QuarkusTest
class ExportTest {

  private static final String DIFFICULT = "a \"quoted\", comma;\r\nline\n\ttab ä 😀 =1+1";

  private Person owner;

  @BeforeEach
  void createOwner() {
    owner = newPerson();
  }

  @Test
  void an_export_contains_every_visible_item_as_a_line_of_json() throws JsonProcessingException {
    addMany();
    String body = export("application/x-ndjson").asString();
    assertThat(body, endsWith("}\n"));
    List<Map<String, Object>> lines = new ArrayList<>();
    for (String line : body.lines().toList()) {
      JsonNode item = new ObjectMapper().readTree(line);
      lines.add(new ObjectMapper().convertValue(item, new TypeReference<>() {}));
    }
    assertEquals(visible(), ids(lines));
    assertThat(
        lines.stream().map(line -> line.get("description")).toList(), hasItem(equalTo(DIFFICULT)));
  }

  @Test
  void an_export_can_be_csv() throws IOException {
    addMany();
    String body = export("text/csv").asString();
    assertThat(
        body,
        startsWith("id,title,description,visibility,date,owner_id,created_at,updated_at\r\n"));
    assertThat(body, endsWith("\r\n"));
    List<Map<String, String>> lines =
        new CsvMapper()
            .enable(CsvParser.Feature.EMPTY_UNQUOTED_STRING_AS_NULL)
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .<Map<String, String>>readValues(body)
            .readAll();
    assertEquals(
        visible().stream().map(String::valueOf).toList(),
        lines.stream().map(line -> line.get("id")).toList());
    List<Map<String, Object>> expected = allOf(owner);
    for (Map<String, Object> item : expected) {
      Map<String, String> line =
          lines.stream()
              .filter(each -> each.get("id").equals(String.valueOf(item.get("id"))))
              .findFirst()
              .orElseThrow();
      item.forEach((name, value) ->
          assertEquals(value == null ? null : value.toString(), line.get(name), name));
    }
  }

  @Test
  void private_items_are_not_exported_to_others() throws JsonProcessingException {
    long secret = newItem(owner, "private");
    String marker = "\"id\":" + secret + ",";
    assertThat(export("*/*").asString().contains(marker), equalTo(true));
    String others =
        as(newPerson())
            .accept("application/x-ndjson")
            .get("/items/export")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertThat(others.lines().toList(), not(hasItem(startsWith("{" + marker))));
  }

  @ParameterizedTest
  @CsvSource({
    "*/*, application/x-ndjson;charset=UTF-8",
    "text/*, text/csv;charset=UTF-8",
    "'application/x-ndjson;q=0.1, text/csv', text/csv;charset=UTF-8",
    "application/x-ndjson;charset=utf-8, application/x-ndjson;charset=UTF-8",
    "text/csv;header=present, text/csv;charset=UTF-8",
  })
  void the_accept_header_selects_the_format(String accept, String type) {
    export(accept).then().statusCode(200).header("Content-Type", equalTo(type));
    as(owner).accept(accept).head("/items/export").then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/html"})
  void other_media_types_are_not_acceptable(String accept) {
    export(accept).then().statusCode(406);
  }

  private Response export(String accept) {
    return as(owner).accept(accept).get("/items/export");
  }

  private List<Object> visible() {
    List<Map<String, Object>> rows = new ArrayList<>();
    String path = "/items/?limit=1000";
    while (path != null) {
      Response page = as(owner).get(path);
      rows.addAll(page.jsonPath().getList(""));
      path = next(page.header("Link")).orElse(null);
    }
    return ids(rows);
  }

  private static List<Map<String, Object>> allOf(Person owner) {
    return all("/users/" + owner.id() + "/items/?limit=1000");
  }

  private static List<Object> ids(List<Map<String, Object>> rows) {
    return rows.stream().map(row -> row.get("id")).toList();
  }

  /** More than one page of {@code KeysetQuery.stream}. */
  private void addMany() {
    for (int batch = 0; batch < 2; batch++) {
      List<Map<String, Object>> items = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        Map<String, Object> item = new HashMap<>();
        item.put("title", i == 7 ? DIFFICULT : "item " + i);
        item.put("description", i == 8 ? "" : i == 9 ? DIFFICULT : null);
        item.put("visibility", i % 2 == 0 ? "private" : "public");
        item.put("date", i % 3 == 0 ? "2026-12-31" : null);
        items.add(item);
      }
      as(owner)
          .contentType(ContentType.JSON)
          .body(items)
          .post("/items/batch")
          .then()
          .statusCode(201);
    }
  }
}
