package io.satchel.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.satchel.Await;
import io.satchel.PackagedService;
import io.satchel.TestServer;
import io.satchel.platform.persistence.DatabaseQueries;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Clients do not notice a rolling update. */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
@Order(1) // It takes longest, so it begins first.
class RollingUpdateIT {

  /** The exit code after SIGTERM. */
  private static final int TERMINATED = 128 + 15;

  private final List<PackagedService> started = new ArrayList<>();
  private String url;
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void start() throws SQLException {
    url = TestServer.newDatabase();
    connection = DriverManager.getConnection(url);
    statement = connection.createStatement();
  }

  @AfterEach
  void stop() throws SQLException {
    started.forEach(PackagedService::close);
    connection.close();
  }

  @Test
  void a_rolling_update_fails_no_request_and_a_killed_replica_only_its_own() throws Exception {
    List<PackagedService> replicas = List.of(replica("15S", "100S"), replica("15S", "100S"));
    try (TcpProxy proxy = new TcpProxy(replicas);
        LoadGenerator load = new LoadGenerator(proxy.root(), replicas.getFirst().adminToken())) {
      for (PackagedService old : replicas) {
        PackagedService successor = replica("0S", "100S");
        proxy.add(successor);
        await(() -> proxy.knows(successor));
        load.awaitMore();
        old.terminate();
        await(() -> !TcpProxy.isReady(old));
        assertEquals(200, old.given().get("/.well-known/jwks.json").statusCode());
        old.terminate();
        assertEquals(TERMINATED, old.exitCode());
        load.awaitMore();
      }
      assertEquals(List.of(), load.failures());
      PackagedService killed = started.getLast();
      killed.close();
      await(() -> !proxy.knows(killed));
      int failures = load.failures().size();
      load.awaitMore();
      assertThat(load.failures().size() - failures, lessThanOrEqualTo(LoadGenerator.CLIENTS));
      load.awaitMore();
      int settled = load.failures().size();
      load.awaitMore();
      assertEquals(settled, load.failures().size());
    }
  }

  @Test
  void a_request_in_flight_finishes_and_no_session_remains() throws Exception {
    PackagedService replica = replica("0S", "100S");
    CompletableFuture<Response> change = beginChange(replica);
    replica.terminate();
    await(() -> replica.log().contains("Waiting for HTTP requests to complete"));
    connection.commit();
    assertEquals(200, change.join().statusCode());
    assertEquals(TERMINATED, replica.exitCode());
    replica.awaitLogged("All HTTP requests complete");
    assertEquals("Sai", DatabaseQueries.valueOf(statement, "select title from items"));
    connection.setAutoCommit(true); // Otherwise, pg_stat_activity would stay the same.
    await(() ->
        DatabaseQueries.valueOf(
                connection,
                "select count(*) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()"
                    + " and backend_type = 'client backend' and application_name not like 'citus%'")
            .equals("0"));
  }

  @Test
  void a_request_that_takes_too_long_does_not_prevent_the_shutdown() throws Exception {
    PackagedService replica = replica("0S", "1S");
    CompletableFuture<Response> change = beginChange(replica);
    replica.terminate();
    assertEquals(TERMINATED, replica.exitCode());
    assertTrue(change.handle((response, failure) -> failure != null).join());
    replica.awaitLogged("Timed out waiting for graceful shutdown");
  }

  /** Sends a request that changes an item and waits for its lock. */
  private CompletableFuture<Response> beginChange(PackagedService replica) throws SQLException {
    String token = replica.adminToken();
    String item =
        replica
            .as(token)
            .contentType(ContentType.JSON)
            .body(Map.of("title", "Katana"))
            .post("/items/")
            .header("Location");
    connection.setAutoCommit(false);
    statement.execute(
        "select * from items where id = %s for update".formatted(item.replaceAll(".*/", "")));
    CompletableFuture<Response> change =
        CompletableFuture.supplyAsync(() ->
            replica
                .as(token)
                .contentType(ContentType.JSON)
                .body(Map.of("title", "Sai"))
                .patch(item));
    DatabaseQueries.awaitWaiting(statement);
    assertFalse(change.isDone());
    return change;
  }

  private PackagedService replica(String delay, String timeout) {
    PackagedService replica =
        PackagedService.start(
            "-Dquarkus.datasource.jdbc.url=" + url,
            "-Dquarkus.shutdown.delay=" + delay,
            "-Dquarkus.shutdown.timeout=" + timeout);
    started.add(replica);
    return replica;
  }

  private static void await(BooleanSupplier condition) {
    Await.until("condition", condition);
  }
}
