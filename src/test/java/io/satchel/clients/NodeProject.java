package io.satchel.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.satchel.ExternalPrograms;
import io.satchel.ExternalPrograms.Result;
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
 * The TypeScript tests, compiled with the current description and manifests. They are skipped if
 * Node is not installed, and the build says so.
 */
public final class NodeProject {

  private static final Path SOURCES = Path.of("src/test/typescript");
  private static final Path COPY = Path.of("target/typescript");

  /** npm's error messages when it cannot reach the network. */
  private static final Pattern NO_NETWORK =
      Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH");

  private static boolean isCompiled;

  private NodeProject() {}

  /** Runs the tests with the given name and environment variables. */
  public static void test(String name, Map<String, String> environment) {
    ExternalPrograms.require("node", "npm");
    compile();
    assertSuccess(run(environment, "node", "--test", "compiled/" + name + ".test.js"));
  }

  /** Runs a script of package.json. */
  public static void runScript(String name) {
    ExternalPrograms.require("node", "npm");
    compile();
    assertSuccess(run(Map.of(), "npm", "run", name));
  }

  private static void assertSuccess(Result result) {
    assertEquals(0, result.status(), result.output());
  }

  private static synchronized void compile() {
    if (isCompiled) {
      return;
    }
    copySources();
    install();
    assertSuccess(run(Map.of(), "npm", "run", "generate"));
    assertSuccess(run(Map.of(), "npm", "run", "compile"));
    isCompiled = true;
  }

  /** Installs the packages, unless an earlier phase of the build has done it. */
  private static void install() {
    Path installed = COPY.resolve("installed-package-lock.json");
    Path wanted = COPY.resolve("package-lock.json");
    try {
      if (Files.exists(installed) && Files.mismatch(installed, wanted) == -1) {
        return;
      }
      Result result = run(Map.of(), "npm", "ci", "--no-audit", "--no-fund");
      ExternalPrograms.skipUnless(
          result.status() == 0 || !NO_NETWORK.matcher(result.output()).find(),
          "npm cannot fetch packages: " + result.output());
      assertSuccess(result);
      Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    return ExternalPrograms.run(COPY, environment, command);
  }
}
