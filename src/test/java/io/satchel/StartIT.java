package io.satchel;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.satchel.platform.persistence.DatabaseQueries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which settings the service needs to start, and how it reports a missing one. */
class StartIT {

  private static final String DATABASE = TestServer.newDatabase();
  private static final String EMPTY_DATABASE = TestServer.newDatabase();

  @TempDir Path folder;

  @Test
  void a_missing_database_setting_is_named() throws Exception {
    try (PackagedService service = PackagedService.launch()) {
      assertNull(service.root());
      assertThat(service.log(), containsString("quarkus.datasource.jdbc.url"));
      assertNotEquals(0, service.exitCode());
    }
  }

  @Test
  void the_service_starts_on_a_read_only_file_system() {
    try (PackagedService service =
        PackagedService.start(
            url(),
            "-Djava.io.tmpdir=/dev/null/nothing",
            "-Dquarkus.vertx.cache-directory=" + folder.resolve("cache"))) {
      service.adminToken();
      for (String path : List.of("/docs", "/docs/swagger-ui.css", "/openapi.json")) {
        service.given().get(path).then().statusCode(200);
      }
      assertEquals(1, service.log().split("so the service sends no e-mails", -1).length - 1);
    }
  }

  @Test
  void the_old_name_of_a_setting_is_rejected() throws Exception {
    assertRejected(
        "QUARKUS_MAILER_FROM: is no longer a setting. Set SATCHEL_MAIL_FROM instead",
        urlOfEmpty(),
        "-Dquarkus.mailer.from=satchel@example.com");
  }

  @Test
  void a_weak_admin_password_is_rejected_with_the_reason() throws Exception {
    assertRejected(
        "SATCHEL_ADMIN_PASSWORD: This is similar to a commonly used password.",
        url(),
        newAdmin(),
        "-Dsatchel.admin.password=Passw0rd123");
  }

  @AfterAll
  static void starts_with_a_missing_setting_did_not_migrate() throws Exception {
    try (Connection connection = DriverManager.getConnection(EMPTY_DATABASE);
        Statement statement = connection.createStatement()) {
      assertEquals(
          "0",
          DatabaseQueries.valueOf(
              statement, "select count(*) from pg_tables where schemaname = 'public'"));
    }
  }

  private static void assertRejected(String reason, String... options) throws Exception {
    try (PackagedService service = PackagedService.launch(options)) {
      assertNull(service.root());
      assertThat(service.log(), containsString(reason));
      assertThat(service.log(), not(containsString("Passw0rd123")));
      assertThat(service.log(), not(containsString("\tat ")));
      assertNotEquals(0, service.exitCode());
    }
  }

  /** An admin who does not exist yet, whichever tests have run before. */
  private static String newAdmin() {
    return "-Dsatchel.admin.email=" + Api.newEmail();
  }

  private static String url() {
    return "-Dquarkus.datasource.jdbc.url=" + DATABASE;
  }

  private static String urlOfEmpty() {
    return "-Dquarkus.datasource.jdbc.url=" + EMPTY_DATABASE;
  }

  /** Virtual threads that wait for a socket are sometimes not woken (oracle/graal#13787). */
  @Test
  void in_a_binary_platform_threads_wait_for_sockets() throws Exception {
    ExternalPrograms.skipUnless(
        !PackagedService.artefact().toString().endsWith(".jar")
            && Files.isDirectory(Path.of("/proc/self/task")),
        "it is not a binary on Linux");
    try (PackagedService service = PackagedService.start(url())) {
      service.adminToken();
      assertThat(service.threads(), hasItem("Read-Poller"));
      assertThat(service.threads(), not(hasItem("MasterPoller")));
    }
  }
}
