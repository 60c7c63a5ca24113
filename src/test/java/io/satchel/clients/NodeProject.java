package io.satchel.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.satchel.Programs;
import io.satchel.Programs.Result;
import io.satchel.cluster.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The TypeScript tests, compiled with what the description and the manifests say now. They run
 * where there is Node; elsewhere they are skipped, which the build says.
 */
public final class NodeProject {

  private static final Path SOURCES = Path.of("src/test/typescript");
  private static final Path COPY = Path.of("target/typescript");

  /** What npm says where it cannot fetch packages, for lack of a network. */
  private static final Pattern NO_NETWORK =
      Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH");

  private static boolean isCompiled;

  private NodeProject() {}

  /** Runs the tests of that name, with these environment variables. */
  public static void test(String name, Map<String, String> environment) {
    Programs.require("node", "npm");
    compile();
    Result result = run(environment, "node", "--test", "compiled/" + name + ".test.js");
    assertEquals(0, result.status(), result.output());
  }

  private static synchronized void compile() {
    if (isCompiled) {
      return;
    }
    copySources();
    Result installed = run(Map.of(), "npm", "ci", "--no-audit", "--no-fund");
    Programs.skipUnless(
        installed.status() == 0 || !NO_NETWORK.matcher(installed.output()).find(),
        "npm cannot fetch packages: " + installed.output());
    assertEquals(0, installed.status(), installed.output());
    for (String script : new String[] {"generate", "compile"}) {
      Result result = run(Map.of(), "npm", "run", script);
      assertEquals(0, result.status(), result.output());
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
      Files.writeString(COPY.resolve("cloudnative-pg.ts"), Manifests.cloudNativePgAsTypeScript());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Result run(Map<String, String> environment, String... command) {
    return Programs.run(COPY, environment, command);
  }
}
