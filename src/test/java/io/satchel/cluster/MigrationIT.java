package io.satchel.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.satchel.PackagedService;
import io.satchel.TestServer;
import io.satchel.platform.persistence.DatabaseQueries;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Migrations by a Job, and replicas that wait for it. */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class MigrationIT {

  private static final String ELSEWHERE = "-Dsatchel.migrate-at-start=false";

  private final String database = TestServer.newDatabase();
  private final String url = "-Dquarkus.datasource.jdbc.url=" + database;

  @Test
  void tables_are_distributed_only_with_citus() {
    TestServer.skipOnCitus("it has Citus");
    try (PackagedService service =
        PackagedService.launch(
            "-Dquarkus.datasource.jdbc.url=" + TestServer.newDatabase(),
            "-Dsatchel.distribute-tables=true")) {
      assertNotEquals(0, service.exitCode());
      assertThat(service.log(), containsString("does not have the extension citus"));
    }
  }

  @Test
  void a_replica_serves_after_a_job_has_migrated_and_on_a_newer_schema() throws Exception {
    try (PackagedService replica = PackagedService.begin(url, ELSEWHERE)) {
      replica.awaitLog("Waiting: the schema has not been migrated to version");
      assertEquals(
          0,
          PackagedService.migrate(
              url, "-Dsatchel.tokens.signing-keys=", "-Dsatchel.admin.password="));
      replica.awaitStart();
      replica.adminToken();
      assertThat(replica.log(), not(containsString("chema history")));
    }
    afterARollbackAReplicaServesOnTheNewerSchema();
  }

  @Test
  void a_replica_that_waits_for_the_database_can_be_stopped() throws Exception {
    try (PackagedService replica =
        PackagedService.begin(
            "-Dquarkus.datasource.jdbc.url=jdbc:postgresql://127.0.0.1:1/satchel", ELSEWHERE)) {
      replica.awaitLog("Waiting: Unable to obtain connection from database");
      replica.terminate();
      replica.awaitStart();
      assertNull(replica.root());
      assertEquals(128 + 15, replica.exitCode());
      assertThat(replica.log(), not(containsString("\tat ")));
    }
  }

  private void afterARollbackAReplicaServesOnTheNewerSchema() throws Exception {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into flyway_schema_history
            (installed_rank, version, description, type, script, installed_by, execution_time, success)
          values (1000, '1000', 'of the future', 'SQL', 'V1000__of_the_future.sql', 'a test', 1, true)
          """);
      assertEquals(
          "1000",
          DatabaseQueries.valueOf(
              statement, "select max(installed_rank) from flyway_schema_history"));
    }
    try (PackagedService waiting = PackagedService.begin(url, ELSEWHERE);
        PackagedService migrating = PackagedService.start(url)) {
      waiting.awaitStart();
      waiting.adminToken();
      migrating.adminToken();
    }
  }
}
