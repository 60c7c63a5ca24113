package io.satchel.clients;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.satchel.ExternalPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs a client with the types of openapi-typescript against the packaged service. */
class TypeScriptClientIT {

  @Test
  void the_typescript_client_passes_its_tests() throws IOException {
    ExternalPrograms.require("node", "npm");
    NodeProject.test("client", Map.of("SATCHEL_URL", ClientsService.get().root().toString()));
    String types = Files.readString(Path.of("target/typescript/schema.d.ts"));
    assertThat(types, containsString("createItem:"));
    String code = types.replaceAll("(?s)/\\*.*?\\*/", "");
    assertFalse(Pattern.compile("\\bany\\b|\\w+_\\d+:").matcher(code).find());
  }
}
