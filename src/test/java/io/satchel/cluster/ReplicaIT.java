package io.satchel.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.http.ContentType;
import io.satchel.Api;
import io.satchel.Await;
import io.satchel.PackagedService;
import io.satchel.accounts.AccountRequests;
import io.satchel.platform.devdatabase.RestartablePostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists are read from a standby, are as fresh as promised, and survive all of its failures. */
@Order(1) // It takes long, so it begins first.
class ReplicaIT {

  private static final Duration STALENESS = Duration.ofSeconds(2);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(Version.HTTP_1_1).build();
  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

  @TempDir static Path folder;

  private static RestartablePostgres primary;
  private static RestartablePostgres standby;

  /** Its lists may be 2 seconds behind. */
  private static PackagedService strict;

  /** Its lists may be an hour behind. */
  private static PackagedService lax;

  private static String token;

  @BeforeAll
  static void start_the_service_without_its_standby() throws Exception {
    primary = new RestartablePostgres(folder.resolve("primary"));
    standby = primary.startStandby(folder.resolve("standby"));
    asynchronous();
    standby.kill();
    strict = service(STALENESS);
    lax = service(Duration.ofHours(1));
    strict.awaitReadiness(200);
    token = strict.adminToken();
    strict.as(token).get("/items/").then().statusCode(200);
    standby.start();
  }

  private static PackagedService service(Duration maxStaleness) {
    return PackagedService.start(
        "-Dquarkus.datasource.jdbc.url="
            + primary.url()
            + "&options=-csynchronous_commit=remote_apply",
        "-Dquarkus.datasource.jdbc.validate-on-borrow=true", // A test restarts the primary.
        "-Dquarkus.datasource.replica.jdbc.url=" + standby.url() + "&socketTimeout=2",
        "-Dsatchel.replica.max-staleness=" + maxStaleness);
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable each : Arrays.asList(strict, lax, standby, primary)) {
      if (each != null) {
        each.close();
      }
    }
  }

  @BeforeEach
  void await_lists_from_the_standby() throws SQLException {
    asynchronous();
    awaitUse(strict);
    awaitUse(lax);
  }

  private static void asynchronous() throws SQLException {
    primary.set("synchronous_standby_names", "''");
  }

  private static void awaitUse(PackagedService service) {
    Await.until("lists from the standby", () -> isReadFromStandby(service));
  }

  private static boolean isReadFromStandby(PackagedService service) {
    double before = statements(service, "replica");
    service.as(token).get("/items/?limit=1"); // The primary may have just been restarted.
    return statements(service, "replica") > before;
  }

  /** Returns how many statements of lists have a label, which is a server or a fallback. */
  private static double statements(PackagedService service, String label) {
    return service.metric("satchel_list_statements_total\\{[^}]*\"" + label + "\"[^}]*}");
  }

  @Test
  void with_remote_apply_a_list_contains_every_confirmed_write_of_any_process() throws Exception {
    primary.set("synchronous_standby_names", "'*'");
    Await.until("detection", () -> lax.metric("satchel_replica_synchronous") == 1);
    double before = statements(lax, "primary");
    Api.concurrently(
            4,
            () -> {
              long owner = newUser();
              for (int i = 0; i < 250; i++) {
                long id = newItem(owner);
                assertEquals(List.of(id), newest(lax, owner));
              }
              return true;
            })
        .forEach(result -> assertTrue(result));
    assertEquals(before, statements(lax, "primary"), "lists from the primary");
    assertThat(lax.log(), containsString("They contain every confirmed write"));
  }

  @Test
  void with_remote_apply_writes_wait_for_a_standby_that_is_away_and_reads_do_not()
      throws Exception {
    long owner = newUser();
    primary.set("synchronous_standby_names", "'*'");
    standby.kill();
    CompletableFuture<Long> write = CompletableFuture.supplyAsync(() -> newItem(owner));
    Await.until(
        "the waiting commit",
        () ->
            string(primary, "select count(*) from pg_stat_activity where wait_event = 'SyncRep'")
                .equals("1"));
    assertEquals(List.of(), newest(strict, owner));
    assertFalse(write.isDone());
    standby.start();
    assertEquals(List.of(write.join()), newest(strict, owner, "Cache-Control", "no-cache"));
  }

  @Test
  void a_list_is_behind_by_at_most_the_limit_and_with_no_cache_it_is_not() throws Exception {
    long owner = newUser();
    awaitOnStandby(newItem(owner));
    standby.execute("select pg_wal_replay_pause()");
    try {
      long id = newItem(owner);
      long confirmed = System.nanoTime();
      assertFalse(newest(lax, owner).contains(id));
      assertTrue(newest(lax, owner, "Cache-Control", "max-age=0, No-Cache").contains(id));
      assertTrue(ids(send(request(lax, "/users/" + owner))).contains(id)); // nested items
      awaitWithinStaleness(owner, id, confirmed);
      Await.until("lag", () -> strict.metric("satchel_replica_lag_seconds") > 0);
    } finally {
      standby.execute("select pg_wal_replay_resume()");
    }
  }

  /** The standby does not see the lock, because it does not replay what the primary writes. */
  @Test
  void the_primary_executes_no_statement_of_a_list() throws Exception {
    long owner = newUser();
    long id = newItem(owner);
    awaitOnStandby(id);
    standby.execute("select pg_wal_replay_pause()");
    try (Connection connection = DriverManager.getConnection(primary.url());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table items in access exclusive mode");
      String count = "/items/?q=katana&sort=title&owner_id=" + owner;
      assertTrue(ids(send(request(lax, count).header("Prefer", "count=exact"))).contains(id));
      assertTrue(ids(send(request(lax, "/items/export"))).contains(id));
      statement.execute("select count(*) from items"); // It is still locked.
    } finally {
      standby.execute("select pg_wal_replay_resume()");
    }
  }

  @Test
  void a_new_user_is_in_the_list_of_users_when_the_standby_has_replayed_it() throws Exception {
    standby.execute("select pg_wal_replay_pause()");
    long user;
    try {
      user = newUser();
      assertFalse(newestUser().contains(user));
    } finally {
      standby.execute("select pg_wal_replay_resume()");
    }
    Await.until("replay", () -> newestUser().contains(user));
  }

  private static List<Long> newestUser() {
    return ids(send(request(lax, "/users/?sort=-created_at&limit=1")));
  }

  @Test
  void a_standby_whose_stream_is_cut_is_fresh_only_as_long_as_the_primary_is_idle()
      throws Exception {
    long owner = newUser();
    awaitOnStandby(newItem(owner));
    String connection = string(standby, "show primary_conninfo");
    standby.set("primary_conninfo", "'host=localhost port=1'");
    try {
      Await.until(
          "cut", () -> string(primary, "select count(*) from pg_stat_replication").equals("0"));
      long id = newItem(owner);
      awaitWithinStaleness(owner, id, System.nanoTime());
    } finally {
      standby.set("primary_conninfo", "'" + connection + "'");
    }
  }

  /** Checks all lists that the strict service returns until one contains the item. */
  private static void awaitWithinStaleness(long owner, long id, long confirmed) {
    Await.until(
        "the item in the list",
        () -> {
          long begin = System.nanoTime();
          boolean isListed = newest(strict, owner).contains(id);
          assertTrue(isListed || begin - confirmed <= STALENESS.toNanos(), "the list is too old");
          return isListed;
        });
  }

  @Test
  void clients_notice_no_failure_of_the_standby() throws Exception {
    long owner = newUser();
    List<Map<String, String>> items =
        Collections.nCopies(800, Map.of("title", "Katana", "description", "k".repeat(5_000)));
    strict
        .as(token)
        .contentType(ContentType.JSON)
        .body(items)
        .post("/items/batch")
        .then()
        .statusCode(201);
    String last = string(primary, "select max(id) from items");
    awaitOnStandby(Long.parseLong(last));
    String count = string(primary, "select count(*) from items");
    try (LoadGenerator load =
            LoadGenerator.reading(strict.root().resolve("/items/?limit=1"), token);
        BufferedReader export = export()) {
      export.readLine();
      standby.kill();
      assertEquals(Long.parseLong(count) - 1, export.lines().count());
      load.awaitMore();
      strict.awaitReadiness(200);
      assertFalse(isReadFromStandby(strict));
      standby.start();
      awaitUse(strict);
      load.awaitMore();
      standby.suspend();
      load.awaitMore();
      standby.resume();
      awaitUse(strict);
      standby.execute("select pg_promote()");
      load.awaitMore();
      long id = newItem(owner);
      assertTrue(newest(strict, owner).contains(id));
      assertFalse(isReadFromStandby(strict));
      standby.close();
      load.awaitMore();
      assertEquals(List.of(), load.failures());
    }
    standby = primary.replaceStandby(standby, folder.resolve("replacement"));
  }

  private static BufferedReader export() throws Exception {
    HttpRequest export = request(strict, "/items/export").build();
    InputStream items = CLIENT.send(export, BodyHandlers.ofInputStream()).body();
    return new BufferedReader(new InputStreamReader(items, StandardCharsets.UTF_8));
  }

  @Test
  void a_list_that_recovery_cancels_is_read_from_the_primary() throws Exception {
    long owner = newUser();
    newItem(owner);
    double before = statements(lax, "failed");
    standby.set("max_standby_streaming_delay", "0");
    primary.execute(
        "alter table items rename to hidden;"
            + " create view items as select * from hidden where pg_sleep(100) is not null");
    CompletableFuture<List<Long>> list = CompletableFuture.supplyAsync(() -> newest(lax, owner));
    Await.until(
        "the list on the standby",
        () ->
            !string(standby, "select count(*) from pg_stat_activity where wait_event = 'PgSleep'")
                .equals("0"));
    primary.execute("drop view items; alter table hidden rename to items");
    assertEquals(1, list.join().size());
    assertEquals(before + 1, statements(lax, "failed"));
  }

  private static void awaitOnStandby(long item) {
    Await.until(
        "replay",
        () -> string(standby, "select count(*) from items where id = " + item).equals("1"));
  }

  private static String string(RestartablePostgres server, String query) {
    try (Connection connection = DriverManager.getConnection(server.url());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long newUser() {
    return new AccountRequests(strict)
        .signUp(Api.newEmail())
        .statusCode(201)
        .extract()
        .jsonPath()
        .getLong("id");
  }

  private static long newItem(long owner) {
    HttpRequest.Builder request =
        request(strict, "/users/" + owner + "/items/")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"title\": \"Katana\"}"));
    return ids(send(request)).getFirst();
  }

  /** Returns the id of the owner's newest item, as a list contains it. */
  private static List<Long> newest(PackagedService service, long owner, String... headers) {
    HttpRequest.Builder request = request(service, "/users/" + owner + "/items/?sort=-id&limit=1");
    return ids(send(headers.length == 0 ? request : request.headers(headers)));
  }

  private static HttpRequest.Builder request(PackagedService service, String path) {
    return HttpRequest.newBuilder(service.root().resolve(path))
        .header("Authorization", "Bearer " + token);
  }

  private static String send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
      assertEquals(2, response.statusCode() / 100, response.body());
      return response.body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Long> ids(String items) {
    return ID.matcher(items).results().map(id -> Long.valueOf(id.group(1))).toList();
  }
}
