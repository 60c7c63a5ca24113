package io.satchel.http;

import static io.satchel.Api.get;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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
  void the_copy_in_the_repository_is_the_description_that_is_served() throws IOException {
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
  void it_is_openapi_3_1_at_both_of_its_paths() {
    assertEquals("3.1.0", description.get("openapi").asText());
    assertEquals(get("/openapi.yaml").extract().asString(), get("/q/openapi").extract().asString());
  }

  @Test
  void every_operation_is_named_as_promised() {
    assertEquals(
        Map.ofEntries(
            Map.entry("post /users/", "createUser"),
            Map.entry("get /users/", "listUsers"),
            Map.entry("get /users/me", "getMe"),
            Map.entry("put /users/me/password", "changePassword"),
            Map.entry("get /users/{user_id}", "getUser"),
            Map.entry("put /users/{user_id}", "replaceUser"),
            Map.entry("patch /users/{user_id}", "updateUser"),
            Map.entry("delete /users/{user_id}", "deleteUser"),
            Map.entry("post /users/{user_id}/items/", "createItemForUser"),
            Map.entry("get /users/{user_id}/items/", "listItemsOfUser"),
            Map.entry("post /items/", "createItem"),
            Map.entry("post /items/batch", "createItems"),
            Map.entry("get /items/export", "exportItems"),
            Map.entry("get /items/", "listItems"),
            Map.entry("get /items/{item_id}", "getItem"),
            Map.entry("put /items/{item_id}", "replaceItem"),
            Map.entry("patch /items/{item_id}", "updateItem"),
            Map.entry("delete /items/{item_id}", "deleteItem"),
            Map.entry("post /token", "issueToken"),
            Map.entry("post /token/revoke", "revokeToken"),
            Map.entry("get /.well-known/jwks.json", "getSigningKeys"),
            Map.entry("get /problems/{name}", "explainProblem")),
        operations().entrySet().stream()
            .collect(
                toMap(Map.Entry::getKey, entry -> entry.getValue().at("/operationId").asText())));
  }

  @Test
  void every_operation_has_a_summary_and_declares_its_problems() {
    operations()
        .forEach((name, operation) -> {
          assertTrue(operation.hasNonNull("summary"), name);
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

  /** By itself, or by what it refers to. */
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
