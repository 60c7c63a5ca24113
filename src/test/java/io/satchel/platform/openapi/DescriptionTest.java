package io.satchel.platform.openapi;

import static io.satchel.Api.get;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.satchel.platform.problems.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DescriptionTest {

  private static final Path COPY = Path.of("openapi.yaml");

  private JsonNode description;

  @BeforeEach
  void read() throws IOException {
    description = new ObjectMapper().readTree(get("/openapi.json").extract().asString());
  }

  @Test
  void the_file_in_the_repository_is_the_served_description() throws IOException {
    String served = get("/openapi.yaml").statusCode(200).extract().asString();
    if (Boolean.getBoolean("openapi.refresh")) {
      Files.writeString(COPY, served);
    }
    assertEquals(
        Files.readString(COPY),
        served,
        "The API has changed. If it should have, refresh the copy and commit it:"
            + " ./mvnw test -Dtest=DescriptionTest -Dopenapi.refresh=true");
  }

  @Test
  void the_description_is_openapi_3_1_at_both_paths() {
    assertEquals("3.1.0", description.get("openapi").asText());
    assertEquals(get("/openapi.yaml").extract().asString(), get("/q/openapi").extract().asString());
  }

  @Test
  void every_operation_has_texts_and_declares_its_problems() {
    operations()
        .forEach((name, operation) -> {
          assertTrue(operation.hasNonNull("summary"), name);
          assertThat(
              name, operation.at("/description").asText(), matchesPattern("(?s).+[.] .+[.]"));
          assertTrue(operation.at("/tags/0").isTextual(), name);
          assertTrue(operation.has("security"), name);
          for (String status : Set.of("500", "503", "406")) {
            assertEquals(
                "#/components/schemas/Problem",
                resolve(operation.at("/responses/" + status))
                    .at("/content/application~1problem+json/schema/$ref")
                    .asText(),
                name + " " + status);
          }
        });
  }

  /**
   * Some clients, such as the generated one for Python, take their Accept header from the first.
   */
  @Test
  void the_first_response_of_every_operation_is_the_successful_one() {
    operations()
        .forEach((name, operation) -> {
          List<String> statuses =
              operation.get("responses").propertyStream().map(Map.Entry::getKey).toList();
          assertThat(statuses.getFirst(), startsWith("2"));
          assertEquals(statuses.stream().sorted().toList(), statuses, name);
        });
  }

  /** The description of the headers of a page depends on it. */
  @Test
  void the_operations_that_return_pages_are_those_named_list() {
    operations()
        .forEach((name, operation) ->
            assertEquals(
                name.startsWith("get ") && name.endsWith("/"),
                operation.get("operationId").asText().startsWith("list"),
                () -> name + ": name an operation list… if it returns a page, and only then"));
  }

  @Test
  void every_problem_is_described_with_its_own_texts() {
    description
        .at("/components/responses")
        .forEach(response ->
            response
                .at("/content/application~1problem+json/examples")
                .properties()
                .forEach(example -> {
                  JsonNode value = example.getValue().get("value");
                  String name = example.getKey().replace('-', '_').toUpperCase(Locale.ROOT);
                  ProblemType type = ProblemType.valueOf(name);
                  assertEquals(type.uri().toString(), value.get("type").asText());
                  assertEquals(type.title, value.get("title").asText());
                  assertEquals(type.status, value.get("status").asInt());
                  assertThat(
                      response.get("description").asText(), containsString(type.explanation));
                }));
  }

  @Test
  void every_tag_has_a_description_and_the_api_has_a_contact_and_a_licence() {
    description
        .get("tags")
        .forEach(tag -> assertTrue(tag.hasNonNull("description"), tag::toString));
    assertTrue(description.at("/info/contact/name").isTextual());
    assertTrue(description.at("/info/license/url").isTextual());
  }

  @Test
  void every_member_of_every_body_has_an_example() {
    description
        .at("/components/schemas")
        .properties()
        .forEach(schema ->
            schema
                .getValue()
                .path("properties")
                .properties()
                .forEach(member ->
                    assertTrue(
                        isExemplified(member.getValue()),
                        schema.getKey() + "." + member.getKey())));
  }

  /** Returns whether a member has an example, or refers to a schema with examples. */
  private static boolean isExemplified(JsonNode member) {
    return member.has("examples") || member.has("$ref") || member.at("/items/$ref").isTextual();
  }

  private Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new HashMap<>();
    description
        .get("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation ->
                    operations.put(
                        operation.getKey() + " " + path.getKey(), operation.getValue())));
    return operations;
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? description.at(node.get("$ref").asText().substring(1)) : node;
  }
}
