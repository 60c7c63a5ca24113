package io.satchel.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The inputs of images and releases are pinned, and workflows have minimal permissions. */
@Execution(CONCURRENT)
class SupplyChainTest {

  static List<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(".github", "workflows"))) {
      return files.sorted().toList();
    }
  }

  static List<Path> dockerfiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(""))) {
      return files.filter(file -> file.toString().startsWith("Dockerfile.")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void actions_are_pinned_by_commit_with_the_version_beside_it(Path workflow) {
    assertThat(
        matches(workflow, "uses: (.*)"),
        everyItem(matchesPattern("[\\w-]+/[\\w-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+")));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void a_workflow_may_read_unless_a_job_needs_more(Path workflow) {
    JsonNode yaml = Manifests.objectsIn(Manifests.read(workflow)).getFirst();
    assertEquals("{\"contents\":\"read\"}", yaml.get("permissions").toString());
    assertFalse(Manifests.read(workflow).contains("pull_request_target"));
    for (JsonNode job : yaml.get("jobs")) {
      assertEquals("ubuntu-24.04", job.get("runs-on").asText());
      assertFalse(job.path("timeout-minutes").isMissingNode());
    }
  }

  @ParameterizedTest
  @MethodSource("dockerfiles")
  void images_are_built_on_a_stated_version(Path dockerfile) {
    assertThat(
        matches(dockerfile, "FROM (\\S+).*"),
        everyItem(matchesPattern("[\\w./-]+:[\\w.-]*\\d[\\w.-]*(@sha256:[0-9a-f]{64})?")));
  }

  @ParameterizedTest
  @MethodSource("dockerfiles")
  void images_need_neither_a_shell_nor_root(Path dockerfile) {
    assertThat(matches(dockerfile, "ENTRYPOINT (.*)"), everyItem(matchesPattern("\\[\".*\"]")));
    assertThat(
        matches(dockerfile, "USER (.*)"), everyItem(matchesPattern("[1-9]\\d*(:[1-9]\\d*)?")));
    String image = Manifests.read(dockerfile);
    String last = image.substring(image.lastIndexOf("FROM "));
    assertFalse(last.contains("\nRUN "), last);
    assertTrue(last.contains("\nENV QUARKUS_VERTX_CACHE_DIRECTORY=/dev/shm/"), last);
  }

  @Test
  void images_are_built_only_from_named_files() {
    assertEquals("*", matches(Path.of(".dockerignore"), "([^#].*)").getFirst());
    for (String name : matches(Path.of(".dockerignore"), "!(.*)")) {
      assertTrue(Files.exists(Path.of(name)), name);
    }
  }

  /** Returns the first group of each line that matches the pattern. */
  static List<String> matches(Path file, String line) {
    List<String> matches =
        Pattern.compile("(?m)^[ -]*" + line + "$")
            .matcher(Manifests.read(file))
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertFalse(matches.isEmpty(), file + " has no " + line);
    return matches;
  }
}
