package io.satchel.cluster;

import io.restassured.RestAssured;
import io.satchel.Await;
import io.satchel.PackagedService;
import io.satchel.platform.devdatabase.RestartablePostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No acknowledged write is lost or doubled when PostgreSQL fails, and the service recovers. */
class DatabaseFailuresIT {

  @TempDir Path data;

  @Test
  void acknowledged_writes_survive_failures_of_the_database() throws Exception {
    try (RestartablePostgres database = new RestartablePostgres(data);
        CommitCuttingProxy proxy = new CommitCuttingProxy(database.url());
        PackagedService service =
            PackagedService.start(
                "-Dquarkus.datasource.jdbc.url=" + proxy.url(),
                "-Dquarkus.datasource.jdbc.max-size=10")) {
      WriteHistory history = new WriteHistory(service.root(), service.adminToken());
      try (history) {
        history.awaitMore();
        database.kill();
        history.awaitFailures();
        awaitReadiness(service, 503);
        database.start();
        history.awaitMore();
        awaitReadiness(service, 200);
        for (int i = 0; i < 3; i++) {
          terminateSessions(database.url());
          history.awaitMore();
        }
        proxy.cut(20);
        Await.until("cuts", () -> proxy.cutsLeft() == 0);
        history.awaitMore();
        database.suspend();
        Thread.sleep(3_000);
        database.resume();
        history.awaitMore();
        awaitReadiness(service, 200);
      }
      try (Connection connection = DriverManager.getConnection(database.url())) {
        history.verify(connection);
      }
    }
  }

  /** Ends all sessions except its own. */
  private static void terminateSessions(String url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where backend_type = 'client backend' and pid <> pg_backend_pid()");
    }
  }

  private static void awaitReadiness(PackagedService service, int status)
      throws InterruptedException {
    Await.until(
        "readiness " + status,
        () ->
            RestAssured.get(service.management().resolve("/q/health/ready")).statusCode()
                == status);
  }
}
