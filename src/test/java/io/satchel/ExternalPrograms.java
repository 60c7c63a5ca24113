package io.satchel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.StackWalker.Option;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Programs that are not installed on every machine. Tests that need a missing one are skipped. */
public final class ExternalPrograms {

  private static final Path SKIPPED = Path.of("target", "skipped-tests.txt");

  private ExternalPrograms() {}

  /** Skips the test unless all of the programs are installed. */
  public static void require(String... programs) {
    for (String program : programs) {
      skipUnless(find(program).isPresent(), "there is no " + program + " on this machine");
    }
  }

  public static Optional<Path> find(String program) {
    return Stream.of(
            System.getenv("PATH").split(Pattern.quote(System.getProperty("path.separator")), -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public static void skipUnless(boolean condition, String reason) {
    if (!condition) {
      note(reason.lines().findFirst().orElseThrow());
    }
    assumeTrue(condition, reason);
  }

  /** The build prints these lines at its end. */
  private static void note(String reason) {
    String line = "Skipped tests of %s: %s%n".formatted(testClass(), reason);
    try {
      Files.writeString(SKIPPED, line, CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String testClass() {
    return StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE)
        .walk(frames ->
            frames
                .map(frame -> frame.getDeclaringClass().getSimpleName())
                .filter(name -> name.endsWith("Test") || name.endsWith("IT"))
                .findFirst()
                .orElseThrow());
  }

  /** The exit code and the output of a program. */
  public record Result(int status, String output) {}

  /** Runs a program in a folder, with additional environment variables, until it ends. */
  public static Result run(Path folder, Map<String, String> environment, String... command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
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
