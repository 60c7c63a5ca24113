package io.satchel.clients;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.satchel.PackagedService;
import io.satchel.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a client that openapi-typescript types can do with the live service. */
class TypeScriptClientIT {

  @Test
  void it_does_what_client_test_ts_says() throws IOException {
    Programs.require("node", "npm");
    try (PackagedService service = PackagedService.startWithDatabase()) {
      NodeProject.test("client", Map.of("SATCHEL_URL", service.root().toString()));
    }
    String types = Files.readString(Path.of("target/typescript/schema.d.ts"));
    assertThat(types, containsString("createItem:"));
    String code = types.replaceAll("(?s)/\\*.*?\\*/", "");
    assertFalse(Pattern.compile("\\bany\\b|\\w+_\\d+:").matcher(code).find());
  }
}
