package io.satchel.auth.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.satchel.KeyFiles;
import io.satchel.TestSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

/** What is reported about signing keys that cannot be used. StartIT tests that the service ends. */
@Execution(CONCURRENT)
class SigningKeysTest {

  private static final String NO_KEY = " does not contain an RSA private key in PKCS#8 PEM format.";

  @TempDir Path folder;

  @Test
  void a_missing_file_is_named() {
    Path file = folder.resolve("absent.pem");
    assertRejected(file + " cannot be read.", file);
  }

  @Test
  void a_file_without_a_key_is_named() throws Exception {
    Path file = Files.writeString(folder.resolve("rubbish.pem"), "c2VjcmV0");
    assertRejected(file + NO_KEY, file);
  }

  @Test
  void a_key_of_another_algorithm_is_named() {
    Path file = KeyFiles.file("elliptic-curve-key", "EC", 256);
    assertRejected(file + NO_KEY, file);
  }

  @Test
  void a_weak_key_is_rejected_even_if_it_only_verifies() {
    Path file = KeyFiles.file("weak-key", "RSA", 1024);
    assertRejected(
        "the key in " + file + " has 1024 bits, but at least 2048 are required.",
        TestSettings.signingKey(),
        file);
  }

  private static void assertRejected(String reason, Path... files) {
    Optional<List<String>> names = Optional.of(Stream.of(files).map(Path::toString).toList());
    ConfigurationException failure =
        assertThrows(ConfigurationException.class, () -> new SigningKeys(() -> names));
    assertEquals("SATCHEL_TOKENS_SIGNING_KEYS: " + reason, failure.getMessage());
  }
}
