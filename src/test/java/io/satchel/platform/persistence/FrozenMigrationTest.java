package io.satchel.platform.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.satchel.platform.crypto.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Databases have executed the released migrations already, so that a change of them has no effect.
 */
@Execution(CONCURRENT)
class FrozenMigrationTest {

  @ParameterizedTest
  @CsvSource({"V1__schema.sql, 9eab245dbff5b9b925a4d91f3e04c165218cded59b83941776ebc77e2f990fda"})
  void a_released_migration_is_not_changed(String migration, String sha256) throws IOException {
    byte[] file = Files.readAllBytes(Path.of("src/main/resources/db/migration", migration));
    assertEquals(sha256, HexFormat.of().formatHex(Digests.sha256(file)));
  }
}
