package io.satchel.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.http.ContentType;
import io.satchel.Await;
import io.satchel.ExternalPrograms;
import io.satchel.PackagedService;
import io.satchel.platform.devdatabase.EmbeddedPostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The service behind PgBouncer, which can use another session for each transaction. */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class PoolerIT {

  /** Fewer than the clients, so that transactions change sessions. */
  private static final int SESSIONS = 3;

  @TempDir Path folder;

  @Test
  void transactions_do_not_depend_on_a_session() throws Exception {
    ExternalPrograms.require("pgbouncer");
    try (EmbeddedPostgres database = EmbeddedPostgresServer.start()) {
      String direct = EmbeddedPostgresServer.urlOf(database);
      assertEquals(0, PackagedService.migrate("-Dquarkus.datasource.jdbc.url=" + direct));
      int port = freePort();
      Process pooler = startPooler(database.getPort(), port);
      String url =
          "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres%s"
              .formatted(port, followsPreparedStatements() ? "" : "&prepareThreshold=0");
      try (PackagedService service =
              PackagedService.start(
                  "-Dquarkus.datasource.jdbc.url=" + url, "-Dsatchel.migrate-at-start=false");
          LoadGenerator load = new LoadGenerator(service.root(), service.adminToken())) {
        String token = service.adminToken();
        String key = UUID.randomUUID().toString();
        for (int i = 0; i < 20; i++) {
          load.awaitMore();
          assertEquals(201, postKatana(service, token, key));
          assertEquals(200, service.as(token).get("/items/?q=katana&sort=-date").statusCode());
          assertEquals(200, service.as(token).get("/users/").statusCode());
        }
        assertEquals(List.of(), load.failures());
        assertThat(service.log(), not(containsString("ERROR")));
      } finally {
        pooler.destroy();
      }
    }
  }

  private Process startPooler(int databasePort, int port) throws Exception {
    Path users = Files.writeString(folder.resolve("users.txt"), "\"postgres\" \"\"\n");
    Path settings =
        Files.writeString(
            folder.resolve("pgbouncer.ini"),
            """
            [databases]
            postgres = host=127.0.0.1 port=%d
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = trust
            auth_file = %s
            pool_mode = transaction
            default_pool_size = %d
            ignore_startup_parameters = extra_float_digits
            %s
            """
                .formatted(
                    databasePort,
                    port,
                    users,
                    SESSIONS,
                    followsPreparedStatements() ? "max_prepared_statements = 500" : ""));
    List<String> command =
        new ArrayList<>(List.of(ExternalPrograms.find("pgbouncer").orElseThrow().toString(), "-q"));
    if (System.getProperty("user.name").equals("root")) { // PgBouncer refuses to run as root.
      ExternalPrograms.run(folder, Map.of(), "chmod", "-R", "a+rX", folder.toString());
      command.addAll(List.of("-u", "nobody"));
    }
    command.add(settings.toString());
    Process pooler = new ProcessBuilder(command).inheritIO().start();
    Await.until("PgBouncer", () -> !pooler.isAlive() || listens(port));
    assertTrue(pooler.isAlive());
    return pooler;
  }

  /** Returns whether PgBouncer supports prepared statements, as from version 1.21 on. */
  private boolean followsPreparedStatements() {
    Matcher version =
        Pattern.compile("PgBouncer (\\d+)\\.(\\d+)")
            .matcher(ExternalPrograms.run(folder, Map.of(), "pgbouncer", "--version").output());
    assertTrue(version.find());
    return Integer.parseInt(version.group(1)) > 1 || Integer.parseInt(version.group(2)) >= 21;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static int postKatana(PackagedService service, String token, String key) {
    return service
        .as(token)
        .header("Idempotency-Key", key)
        .contentType(ContentType.JSON)
        .body(Map.of("title", "Katana"))
        .post("/items/")
        .statusCode();
  }
}
