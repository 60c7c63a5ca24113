package io.satchel.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.satchel.Api;
import io.satchel.Await;
import io.satchel.ExternalPrograms;
import io.satchel.PackagedService;
import io.satchel.platform.devdatabase.RestartablePostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No acknowledged write is lost or doubled when PostgreSQL fails, and the service recovers. */
@Order(1) // It takes longest, so it begins first.
class DatabaseFailuresIT {

  @TempDir Path data;

  @Test
  void acknowledged_writes_survive_failures_of_the_database_and_the_kill_of_a_replica()
      throws Exception {
    try (RestartablePostgres database = new RestartablePostgres(data);
        CommitCuttingProxy proxy = new CommitCuttingProxy(database.url());
        PackagedService service =
            PackagedService.start(
                "-Dquarkus.datasource.jdbc.url=" + proxy.url(),
                "-Dquarkus.datasource.jdbc.max-size=10",
                "-Dquarkus.datasource.jdbc.acquisition-timeout=4S")) {
      String token = service.adminToken();
      WriteHistory history = new WriteHistory(service.root(), token);
      try (history) {
        history.awaitMore();
        database.kill();
        history.awaitFailures();
        service.awaitReadiness(503);
        assertUnavailable(service, token);
        database.start();
        history.awaitMore();
        service.awaitReadiness(200);
        for (int i = 0; i < 3; i++) {
          terminateSessions(database.url());
          history.awaitMore();
        }
        proxy.cut(20);
        Await.until("cuts", () -> proxy.cutsLeft() == 0);
        history.awaitMore();
        database.suspend();
        history.awaitFailures(); // The pool has no free connection for four seconds.
        database.resume();
        history.awaitMore();
        service.awaitReadiness(200);
        try (PackagedService other =
            PackagedService.start("-Dquarkus.datasource.jdbc.url=" + database.url())) {
          service.kill();
          history.awaitFailures();
          history.continueAt(other.root());
          history.awaitMore();
          history.close();
        }
      }
      try (Connection connection = DriverManager.getConnection(database.url())) {
        history.verify(connection);
      }
    }
  }

  /** A request that needs the database tells the client when to try again. */
  private static void assertUnavailable(PackagedService service, String token) {
    Map<String, String> user = Map.of("email", Api.newEmail(), "password", Api.PASSWORD);
    for (Response response :
        List.of(
            service.given().contentType(ContentType.JSON).body(user).post("/users/"),
            Api.logIn(service.given(), user.get("email"), Api.PASSWORD).extract().response())) {
      response.then().statusCode(503).header("Retry-After", "5");
    }
    service
        .as(token)
        .get("/items/")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/unavailable"));
  }

  @Test
  void acknowledged_writes_survive_a_full_disk() throws Exception {
    ExternalPrograms.require("mount", "umount");
    Path disk = Files.createDirectory(data.resolve("disk"));
    ExternalPrograms.skipUnless(
        run("mount", "-t", "tmpfs", "-o", "size=160m,mode=0777", "none", disk.toString()) == 0,
        "tmpfs cannot be mounted on this machine");
    try (RestartablePostgres database = new RestartablePostgres(disk.resolve("data"));
        PackagedService service =
            PackagedService.start("-Dquarkus.datasource.jdbc.url=" + database.url())) {
      String token = service.adminToken();
      WriteHistory history = new WriteHistory(service.root(), token);
      try (history) {
        history.awaitMore();
        Path file = fill(disk);
        history.awaitFailures();
        service.as(token).get("/items/").then().statusCode(200);
        service.awaitReadiness(200);
        Files.delete(file);
        history.awaitMore();
      }
      try (Connection connection = DriverManager.getConnection(database.url())) {
        history.verify(connection);
      }
    } finally {
      run("umount", "--lazy", disk.toString());
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).start().waitFor();
  }

  /** Writes a file until the disk is full. */
  private static Path fill(Path disk) throws IOException {
    Path file = disk.resolve("file");
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[8 * 1024]);
      }
    } catch (IOException e) {
      assertThat(e.getMessage(), containsString("No space left"));
    }
    return file;
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
}
