package io.satchel.items;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.satchel.Api;
import io.satchel.PackagedService;
import io.satchel.platform.devdatabase.EmbeddedPostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A million items of 10,000 users, and a service with 256 MB. It is not part of the build: {@code
 * ./mvnw verify -Dit.test=MillionItemsBenchmark -Dtest=none
 * -Dsurefire.failIfNoSpecifiedTests=false}
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MillionItemsBenchmark {

  private static final int ITEMS = 1_000_000;
  private static final String ROWS =
      """
      insert into users (id, email, password_hash, is_active, created_at, updated_at, version)
      select -id, id || '@example.org', '', true, now(), now(), 0 from generate_series(1, 10000) as id;
      insert into items
        (id, owner_id, title, description, visibility, date, created_at, updated_at, version)
      select -id, -(id %% 10000) - 1, 'item ' || md5(id::text),
        case when id %% 1000 = 0 then 'a rare thing' else 'a common thing, number ' || id end,
        case id %% 3 when 0 then 'private' else 'public' end,
        case id %% 5 when 0 then null else date '2026-01-01' - (id / 1000)::int end,
        timestamptz '2026-01-01' - id * interval '1 minute', now(), 0
      from generate_series(1, %d) as id;
      vacuum analyze;
      """
          .formatted(ITEMS);

  private final HttpClient client = HttpClient.newHttpClient();
  private EmbeddedPostgres database;
  private PackagedService service;
  private String token;

  @BeforeAll
  void start() throws SQLException {
    database = EmbeddedPostgresServer.start();
    service =
        PackagedService.start(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=4", // all compilers, unlike other tests
            "-Dquarkus.datasource.jdbc.url=" + EmbeddedPostgresServer.urlOf(database));
    try (var connection = database.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : ROWS.split(";\n", -1)) {
        statement.execute(sql);
      }
    }
    token = service.adminToken();
  }

  @AfterAll
  void stop() throws IOException {
    service.close();
    database.close();
  }

  @Test
  void an_export_takes_constant_memory() throws Exception {
    for (String type : List.of("application/x-ndjson", "text/csv")) {
      long start = System.nanoTime();
      long lines;
      try (InputStream body = get("/items/export", type, BodyHandlers.ofInputStream()).body()) {
        lines = linesOf(body);
      }
      System.out.printf("%s: %,d lines, %s%n", type, lines, since(start));
      assertEquals(type.equals("text/csv") ? ITEMS + 1 : ITEMS, lines);
    }
    assertFalse(service.log().contains("OutOfMemoryError"));
  }

  private static long linesOf(InputStream body) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long lines = 0;
    for (int length; (length = body.read(buffer)) >= 0; ) {
      for (int i = 0; i < length; i++) {
        lines += buffer[i] == '\n' ? 1 : 0;
      }
    }
    return lines;
  }

  @Test
  void a_page_reads_only_its_own_rows() throws Exception {
    List<String> filters =
        List.of(
            "",
            "&visibility=private",
            "&owner_id=-500",
            "&created_after=2025-12-01T00:00:00Z",
            "&date_from=2025-12-01",
            "&date_from=2023-06-01&date_to=2023-06-30",
            "&q=rare",
            "&q=common");
    System.out.printf("%-45s %s%n", "of a page, in milliseconds", "first, and after 10,000");
    for (String filter : filters) {
      for (String sort :
          List.of("id", "-id", "created_at", "-updated_at", "title", "-title", "date", "-date")) {
        String first = "/items/?limit=100&sort=" + sort + filter;
        String deep =
            get("/items/?limit=1&skip=10000&sort=" + sort + filter, "*/*", BodyHandlers.ofString())
                .headers()
                .firstValue("Link")
                .flatMap(Api::next)
                .orElse(first);
        System.out.printf(
            "%-45s %.0f %.0f%n",
            sort + filter,
            best(first),
            best(deep.replaceFirst("^https?://[^/]*", "").replace("limit=1&", "limit=100&")));
      }
    }
  }

  /** Returns the shortest of five times, in milliseconds. */
  private double best(String path) throws Exception {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      assertEquals(200, get(path, "*/*", BodyHandlers.ofString()).statusCode(), path);
      best = Math.min(best, (System.nanoTime() - start) / 1e6);
    }
    return best;
  }

  private <T> HttpResponse<T> get(String path, String type, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(service.root() + path))
            .header("Authorization", "Bearer " + token)
            .header("Accept", type)
            .build(),
        body);
  }

  private static String since(long start) {
    return "%.1f s".formatted((System.nanoTime() - start) / 1e9);
  }
}
