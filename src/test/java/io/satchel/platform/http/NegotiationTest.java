package io.satchel.platform.http;

import static io.satchel.Api.asAdmin;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a URI, an Accept header and a body mean, whatever the client sends. */
@QuarkusTest
class NegotiationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/items/export | text/csv                                         | 200 | text/csv",
        "/items/export | TEXT/CSV;Q=1.0                                   | 200 | text/csv",
        "/items/export | text/csv;q=abc                                   | 200 | text/csv",
        "/items/export | text/csv;q=                                      | 200 | text/csv",
        "/items/export | text/csv;q=0.1, application/x-ndjson;q=0.01      | 200 | text/csv",
        "/items/export | text/*, application/x-ndjson;q=0.9               | 200 | text/csv",
        "/items/export | text/csv;q=0, */*;q=0.1                          | 200 | application/x-ndjson",
        "/items/export | */*;q=0.5, application/x-ndjson;q=0.4            | 200 | text/csv",
        "/items/export | */*                                              | 200 | application/x-ndjson",
        "/items/export | application/json                                 | 406 | application/problem+json",
        "/items/       | application/hal+json;q=0, */*                    | 200 | application/json",
        "/items/       | application/problem+json;q=0                     | 406 | application/problem+json",
        "/items/       | application/json;q=0                             | 406 | application/problem+json",
        "/items/       | application/json;q=0, */*                        | 406 | application/problem+json",
        "/items/       | */*;q=0.000                                      | 406 | application/problem+json",
        "/items/       | application/json;charset=utf-8;q=0.3             | 200 | application/json",
        "/items/       | application/json;x=\"a,b\"                       | 200 | application/json",
        "/items/       | json                                             | 406 | application/problem+json",
        "/items/       | /                                                | 406 | application/problem+json",
        "/items/       | text/html,application/xhtml+xml,*/*;q=0.8        | 200 | application/json",
        "/problems/not-found | text/html,*/*;q=0.8                        | 200 | text/html",
        "/problems/not-found | application/json                           | 200 | application/json",
      })
  void weights_and_the_most_specific_range_decide(
      String path, String accept, int status, String mediaType) {
    asAdmin()
        .header("Accept", accept)
        .get(path)
        .then()
        .statusCode(status)
        .contentType(startsWith(mediaType));
  }

  /** Otherwise, negotiation would not find it. */
  @Test
  void every_produced_type_is_known() {
    List<String> known = AcceptableTypes.PRODUCED;
    new ClassFileImporter()
        .importPackages("io.satchel").stream()
            .flatMap(type ->
                Stream.concat(
                    Stream.of(type.tryGetAnnotationOfType(Produces.class)),
                    type.getMethods().stream()
                        .map(method -> method.tryGetAnnotationOfType(Produces.class))))
            .flatMap(produces -> produces.stream())
            .flatMap(produces -> Stream.of(produces.value()))
            .map(type -> type.replaceFirst(";.*", ""))
            .filter(type -> !type.equals("*/*"))
            .forEach(type -> assertTrue(known.contains(type), type));
  }

  @Test
  void only_ampersands_separate_parameters() {
    asAdmin()
        .urlEncodingEnabled(false)
        .get("/items/?q=katana;visibility=private")
        .then()
        .statusCode(200)
        .header("Link", containsString("?q=katana%3Bvisibility%3Dprivate&limit=100>"));
    asAdmin()
        .urlEncodingEnabled(false)
        .get("/items/?sort=title;limit=1")
        .then()
        .statusCode(422)
        .body("errors.pointer", equalTo(List.of("/sort")));
    asAdmin()
        .urlEncodingEnabled(false)
        .get("/items/?limit=1;&skip=x;y")
        .then()
        .statusCode(422)
        .body("errors.pointer", equalTo(List.of("/limit", "/skip")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/items/batch;x=1",
        "/items;x=1/",
        "/%69tems/",
        "/items/%62atch",
        "/items/./",
        "/users/../items/",
        "/token;a",
        "/docs;x",
        "/items/%2e%2e/",
      })
  void a_resource_has_one_path(String path) {
    asAdmin()
        .urlEncodingEnabled(false)
        .contentType(ContentType.JSON)
        .body("[]")
        .post(path)
        .then()
        .statusCode(404)
        .body("type", equalTo("/problems/not-found"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /items/batch, POST",
    "PUT, /items/batch, POST",
    "DELETE, /items/export, GET",
    "PATCH, /items/export/, GET",
    "DELETE, /users/me/export/, GET",
  })
  void a_path_is_no_parameter(String method, String path, String allowed) {
    asAdmin().request(method, path).then().statusCode(405).header("Allow", containsString(allowed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "br", "identity, gzip", "x"})
  void an_encoded_body_is_not_supported(String encoding) {
    for (String path : List.of("/items/", "/items/batch", "/token", "/users/", "/token/revoke")) {
      String type =
          path.startsWith("/token") ? "application/x-www-form-urlencoded" : "application/json";
      asAdmin()
          .contentType(type)
          .header("Content-Encoding", encoding)
          .body("{}")
          .post(path)
          .then()
          .statusCode(415)
          .header("Accept-Encoding", "identity");
    }
    create("{\"title\": \"Katana\"}")
        .header("Content-Encoding", "identity")
        .post("/items/")
        .then()
        .statusCode(201);
  }

  @Test
  void a_byte_order_mark_is_ignored() {
    create("\uFEFF{\"title\": \"Katana\"}").post("/items/").then().statusCode(201);
    create("{\"title\": \"\uFEFFKatana\"}")
        .post("/items/")
        .then()
        .body("title", equalTo("\uFEFFKatana"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"title\": \"a\", \"title\": \"b\"} | has the same member twice",
        "{\"title\": \"a\"                    | ends before the JSON does",
        "{\"title\": \"a                      | ends before the JSON does",
        "{\"title\": a}                       | is not valid JSON",
        "{'title': 'a'}                       | is not valid JSON",
        "{\"title\": \"a\"} {}                | continues after the JSON",
        "''                                   | is empty",
      })
  void a_body_that_is_no_json_is_rejected_with_the_reason(String body, String reason) {
    create(body)
        .post("/items/")
        .then()
        .statusCode(400)
        .body("detail", startsWith("The body " + reason));
  }

  @Test
  void a_body_beyond_the_limits_of_json_is_rejected_with_the_reason() {
    create("[".repeat(2_000))
        .post("/items/")
        .then()
        .statusCode(400)
        .body("detail", startsWith("The body is too deeply nested"));
    create("[" + "1,".repeat(30_000) + "1]")
        .post("/items/")
        .then()
        .statusCode(400)
        .body("detail", startsWith("The body has too many values"));
  }

  private static RequestSpecification create(String body) {
    return asAdmin().contentType("application/json; charset=UTF-8").body(body);
  }
}
