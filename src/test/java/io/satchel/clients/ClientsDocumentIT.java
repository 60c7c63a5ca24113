package io.satchel.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.satchel.Api;
import io.satchel.ExternalPrograms;
import io.satchel.MailServer;
import io.satchel.PackagedService;
import io.satchel.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of docs/clients.md: the shell ones are run, the others are parts of tests. */
class ClientsDocumentIT {

  @ParameterizedTest
  @CsvSource({
    "java, src/it/java/io/satchel/clients/JavaClientIT.java",
    "typescript, src/test/typescript/client.test.ts",
    "python, src/test/python/client_test.py",
  })
  void every_example_is_part_of_a_test(String language, Path test) throws IOException {
    List<String> examples = examples(language);
    assertThat(examples.size(), greaterThan(0));
    String code = unindented(Files.readString(test));
    for (String example : examples) {
      assertThat(code, containsString(unindented(example)));
    }
  }

  @Test
  void the_shell_examples_run() throws Exception {
    ExternalPrograms.require("bash", "curl", "sed");
    // The certificate of the mail server is for localhost.
    try (MailServer mail = new MailServer();
        PackagedService service =
            PackagedService.startWithDatabase(mail.options("-Dsatchel.mail.host=127.0.0.1"))) {
      String script = "set -euo pipefail\n" + String.join("\necho\n", examples("shell"));
      ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true);
      builder.environment().put("api", service.root().toString());
      builder.environment().put("email", TestSettings.ADMIN_EMAIL);
      builder.environment().put("password", TestSettings.ADMIN_PASSWORD);
      builder.environment().put("key", UUID.randomUUID().toString());
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertEquals(0, process.waitFor(), output);
      assertThat(output, containsString("X-Total-Count: 0"));
      assertThat(output, containsString("is not a known member"));
      assertThat(output, containsString("\"explanation\""));
      assertEquals(1, items(service), output);
      service.awaitLogged("No subject alternative names");
    }
  }

  private static int items(PackagedService service) {
    return Api.as(service.adminToken())
        .get(service.root() + "/items/")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("")
        .size();
  }

  private static List<String> examples(String language) throws IOException {
    return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
        .matcher(Files.readString(Path.of("docs/clients.md")))
        .results()
        .map(MatchResult::group)
        .map(block -> block.replaceAll("(?m)^```.*\n?", ""))
        .toList();
  }

  private static String unindented(String code) {
    return code.lines().map(String::strip).collect(joining("\n"));
  }
}
