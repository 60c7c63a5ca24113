package io.satchel.clients;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;

/**
 * The description does not break clients of the last release, unless the next version in the
 * changelog permits it: a new major version, or, before 1.0.0, a new minor version (Semantic
 * Versioning).
 */
@Execution(CONCURRENT)
class CompatibilityTest {

  private static final Path RELEASED = Path.of("src/test/resources/openapi-released.yaml");
  private static final Path CURRENT = Path.of("openapi.yaml");

  /** The part of a version that changes when clients break. */
  private static final Pattern BREAKING_PART = Pattern.compile("(0\\.\\d+|[1-9]\\d*)\\.[\\d.]+");

  @Test
  void clients_of_the_last_release_keep_working() throws IOException {
    String released = Files.readString(RELEASED);
    ChangedOpenApi change = compare(released, Files.readString(CURRENT));
    assertTrue(
        change.isCompatible()
            || !breakingPart(nextVersion()).equals(breakingPart(versionOf(released))),
        () -> "openapi.yaml breaks clients, and CHANGELOG.md has no version that may: " + change);
  }

  static Stream<Arguments> breakingChanges() {
    return Stream.of(
        Arguments.of(
            "a removed operation",
            "(?s)    delete:\n      summary: Delete an item\n.*?(?=\n {2,4}\\S)",
            ""),
        Arguments.of("a removed member", "(?s)        owner_id:\n.*?who owns the item\\.\n", ""),
        Arguments.of("another type", "(has_more_items:\n +type: )boolean", "$1string"),
        Arguments.of("a narrowed type", "(    NewItem:(?:.*\n)*?.* maxLength: )200", "$1100"),
        Arguments.of("a value that is not taken any more", "(?s)          - -title\n", ""),
        Arguments.of(
            "a new required member",
            "(    NewItem:\n      type: object\n      required:\n)",
            "$1      - description\n"),
        Arguments.of(
            "a parameter that is needed",
            "(- name: limit\n        in: query\n)",
            "$1        required: true\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("breakingChanges")
  void a_breaking_change_is_found(String what, String from, String to) throws IOException {
    String current = Files.readString(CURRENT);
    String broken = current.replaceFirst(from, to);
    assertNotEquals(current, broken);
    assertFalse(compare(current, broken).isCompatible(), what);
  }

  @Test
  void an_additional_member_is_not_a_breaking_change() throws IOException {
    String current = Files.readString(CURRENT);
    String more =
        current.replaceFirst(
            "(    NewItem:\n(?:.*\n)*?      properties:\n)",
            "$1        colour:\n          type: string\n");
    assertNotEquals(current, more);
    assertTrue(compare(current, more).isCompatible());
    assertTrue(compare(current, current).isCompatible());
  }

  private static ChangedOpenApi compare(String before, String after) throws IOException {
    return OpenApiCompare.fromContents(asOpenApi30(before), asOpenApi30(after));
  }

  /** Converts a description to OpenAPI 3.0, because the library does not compare types of 3.1. */
  private static String asOpenApi30(String description) throws IOException {
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    ObjectNode whole = (ObjectNode) yaml.readTree(description);
    whole.put("openapi", "3.0.3");
    whole.findParents("type").stream()
        .filter(schema -> schema.get("type").isArray())
        .map(ObjectNode.class::cast)
        .forEach(schema -> {
          schema.set("type", schema.get("type").get(0));
          schema.put("nullable", true);
        });
    for (JsonNode schema : whole.findParents("examples")) {
      if (schema.get("examples").isArray()) {
        ((ObjectNode) schema).remove("examples");
      }
    }
    return new ObjectMapper().writeValueAsString(whole);
  }

  private static String nextVersion() throws IOException {
    return find("(?m)^## (\\d[\\d.]+)", Files.readString(Path.of("CHANGELOG.md")));
  }

  private static String versionOf(String description) {
    return find("(?m)^  version: (\\d[\\d.]+)", description);
  }

  private static String breakingPart(String version) {
    Matcher matcher = BREAKING_PART.matcher(version);
    assertTrue(matcher.matches(), version);
    return matcher.group(1);
  }

  private static String find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), pattern);
    return matcher.group(1);
  }
}
