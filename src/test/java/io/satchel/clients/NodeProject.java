package io.satchel.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The TypeScript tests, compiled with what the description says now. They run where there is Node;
 * elsewhere they are skipped, which the build says.
 */
final class NodeProject {

  private static final Path SOURCES = Path.of("src/test/typescript");
  private static final Path COPY = Path.of("target/typescript");

  /** What npm says where it cannot fetch packages, for lack of a network. */
  private static final Pattern NO_NETWORK =
      Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH");

  private static boolean isCompiled;

  private NodeProject() {}

  /** Runs the tests of that name, with these environment variables. */
  static void test(String name, Map<String, String> environment) {
    require("node", "npm");
    compile();
    Result result = run(environment, "node", "--test", "compiled/" + name + ".test.js");
    assertEquals(0, result.status, result.output);
  }

  /** Skips the test, unless there is such a program. */
  static void require(String... programs) {
    for (String program : programs) {
      skipUnless(find(program).isPresent(), "there is no " + program + " on this machine");
    }
  }

  static Optional<Path> find(String program) {
    return Stream.of(
            System.getenv("PATH").split(Pattern.quote(System.getProperty("path.separator")), -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static synchronized void compile() {
    if (isCompiled) {
      return;
    }
    copySources();
    Result installed = run(Map.of(), "npm", "ci", "--no-audit", "--no-fund");
    skipUnless(
        installed.status == 0 || !NO_NETWORK.matcher(installed.output).find(),
        "npm cannot fetch packages: " + installed.output);
    assertEquals(0, installed.status, installed.output);
    for (String script : new String[] {"generate", "compile"}) {
      Result result = run(Map.of(), "npm", "run", script);
      assertEquals(0, result.status, result.output);
    }
    isCompiled = true;
  }

  private static void copySources() {
    try (Stream<Path> sources = Files.list(SOURCES)) {
      Files.createDirectories(COPY);
      for (Path source : sources.toList()) {
        Files.copy(source, COPY.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.copy(
          Path.of("openapi.yaml"),
          COPY.resolve("openapi.yaml"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void skipUnless(boolean condition, String reason) {
    if (!condition) {
      System.out.println("SKIPPED, as " + reason);
    }
    assumeTrue(condition, reason);
  }

  private record Result(int status, String output) {}

  private static Result run(Map<String, String> environment, String... command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(COPY.toFile()).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
