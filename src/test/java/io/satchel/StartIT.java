package io.satchel;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.satchel.embedded.EmbeddedPostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service starts without, what it does not start without, and how it says so. */
class StartIT {

  private static EmbeddedPostgres database;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    database = EmbeddedPostgresServer.start();
  }

  @AfterAll
  static void stop() throws IOException {
    database.close();
  }

  @Test
  void without_a_database_it_names_the_setting() throws Exception {
    try (PackagedService service = PackagedService.launch()) {
      assertNull(service.root());
      assertThat(service.log(), containsString("quarkus.datasource.jdbc.url"));
      assertNotEquals(0, service.exitCode());
    }
  }

  @Test
  void it_writes_nowhere_but_where_it_is_told() {
    try (PackagedService service =
        PackagedService.start(
            url(),
            "-Djava.io.tmpdir=/dev/null/nothing",
            "-Dquarkus.vertx.cache-directory=" + folder.resolve("cache"))) {
      service.adminToken();
      for (String path : List.of("/docs", "/docs/swagger-ui.css", "/openapi.json")) {
        service.given().get(path).then().statusCode(200);
      }
    }
  }

  @Test
  void without_a_key_it_names_the_setting() throws Exception {
    assertKeyRefused("", "it is missing, and has to name a file with an RSA private key");
  }

  @Test
  void with_a_key_that_is_not_there_it_names_the_file() throws Exception {
    String file = folder.resolve("absent.pem").toString();
    assertKeyRefused(file, file + " cannot be read.");
  }

  @Test
  void with_a_file_that_holds_no_key_it_names_the_file() throws Exception {
    Path file = Files.writeString(folder.resolve("rubbish.pem"), "c2VjcmV0");
    assertKeyRefused(file.toString(), file + " holds no RSA private key in PKCS#8 PEM.");
  }

  @Test
  void with_a_key_of_another_algorithm_it_names_the_file() throws Exception {
    Path file = Keys.file("elliptic-curve-key", "EC", 256);
    assertKeyRefused(file.toString(), file + " holds no RSA private key in PKCS#8 PEM.");
  }

  @Test
  void with_a_weak_key_it_says_how_weak_even_where_it_would_only_verify() throws Exception {
    Path file = Keys.file("weak-key", "RSA", 1024);
    assertKeyRefused(
        TestSettings.signingKey() + "," + file,
        "the key in " + file + " has 1024 bits, and 2048 are needed at least.");
  }

  @Test
  void with_half_an_admin_it_names_the_other_half() throws Exception {
    assertRefused("SATCHEL_ADMIN_PASSWORD: is missing", url(), "-Dsatchel.admin.password=");
    assertRefused("SATCHEL_ADMIN_EMAIL: is missing", url(), "-Dsatchel.admin.email=");
  }

  @Test
  void with_an_admin_s_password_that_is_easy_to_guess_it_says_why() throws Exception {
    assertRefused(
        "SATCHEL_ADMIN_PASSWORD: This is similar to a commonly used password.",
        url(),
        "-Dsatchel.admin.password=Passw0rd123");
  }

  private static void assertKeyRefused(String keys, String reason) throws Exception {
    assertRefused(
        "SATCHEL_TOKENS_SIGNING_KEYS: " + reason, url(), "-Dsatchel.tokens.signing-keys=" + keys);
  }

  private static void assertRefused(String reason, String... options) throws Exception {
    try (PackagedService service = PackagedService.launch(options)) {
      assertNull(service.root());
      assertThat(service.log(), containsString(reason));
      assertThat(service.log(), not(containsString("Passw0rd123")));
      assertThat(service.log(), not(containsString("\tat ")));
      assertNotEquals(0, service.exitCode());
    }
  }

  private static String url() {
    return "-Dquarkus.datasource.jdbc.url=" + EmbeddedPostgresServer.urlOf(database);
  }
}
