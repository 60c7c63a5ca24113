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
  @CsvSource({"V1__schema.sql, 23f6a1831cab0132c1acc945c13101219ddb749742c95b5b87c5d046f8aeda4a"})
  void a_released_migration_is_not_changed(String migration, String sha256) throws IOException {
    byte[] file = Files.readAllBytes(Path.of("src/main/resources/db/migration", migration));
    assertEquals(sha256, HexFormat.of().formatHex(Digests.sha256(file)));
  }
}
