package io.satchel.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.satchel.ExternalPrograms;
import io.satchel.ExternalPrograms.Result;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs the Python client of OpenAPI Generator against the packaged service. */
class PythonClientIT {

  private static final Path CLIENT = Path.of("target/python-client").toAbsolutePath();
  private static final Path TEST = Path.of("src/test/python/client_test.py").toAbsolutePath();
  private static final String PYTHON = CLIENT.resolve("venv/bin/python").toString();

  /** pip's error messages when it cannot reach the package index. */
  private static final Pattern NO_INDEX =
      Pattern.compile(
          "Could not find a version that satisfies|NewConnectionError|Timeout|ConnectionReset|SSLError");

  @Test
  void the_python_client_passes_its_tests() {
    install();
    String root = ClientsService.get().root().toString();
    Result tests = run(Map.of("SATCHEL_URL", root), PYTHON, TEST.toString());
    assertEquals(0, tests.status(), tests.output());
  }

  private static void install() {
    ExternalPrograms.require("python3");
    Result environment = run(Map.of(), "python3", "-m", "venv", "--clear", "venv");
    ExternalPrograms.skipUnless(
        environment.status() == 0, "Python has no venv or pip: " + environment.output());
    Result installed =
        run(
            Map.of(),
            PYTHON,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--retries",
            "0",
            "--timeout",
            "100",
            "--no-compile",
            ".");
    ExternalPrograms.skipUnless(
        installed.status() == 0 || !NO_INDEX.matcher(installed.output()).find(),
        "pip cannot download the client's dependencies");
    assertEquals(0, installed.status(), installed.output());
  }

  private static Result run(Map<String, String> environment, String... command) {
    return ExternalPrograms.run(CLIENT, environment, command);
  }
}
