package io.satchel.cluster;

import io.satchel.PackagedService;
import io.satchel.platform.devdatabase.RestartablePostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service follows a failover by itself, and no acknowledged write is lost or doubled. */
class FailoverIT {

  @TempDir Path folder;

  @Test
  void acknowledged_writes_survive_a_failover() throws Exception {
    try (RestartablePostgres primary = new RestartablePostgres(folder.resolve("primary"));
        RestartablePostgres standby = primary.startStandby(folder.resolve("standby"));
        PackagedService service =
            PackagedService.start(
                "-Dquarkus.datasource.jdbc.url=" + urlOf(primary, standby),
                "-Dquarkus.datasource.jdbc.max-size=10");
        Connection connection = DriverManager.getConnection(standby.url());
        Statement statement = connection.createStatement()) {
      WriteHistory history = new WriteHistory(service.root(), service.adminToken());
      try (history) {
        history.awaitMore();
        primary.kill();
        history.awaitFailures();
        service.awaitReadiness(503);
        statement.execute("select pg_promote()");
        history.awaitMore();
        service.awaitReadiness(200);
      }
      history.verify(connection);
    }
  }

  /** Returns the URL that docs/operations.md recommends where two addresses are known. */
  private static String urlOf(RestartablePostgres primary, RestartablePostgres standby) {
    String second = standby.url().replaceFirst(".*//([^/]+)/.*", "$1");
    return primary.url().replaceFirst("(//[^/]+)/", "$1," + second + "/")
        + "&targetServerType=primary&hostRecheckSeconds=1";
  }
}
