package io.satchel.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.satchel.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that write all the time, as docs/clients.md says: they repeat a failed creation with its
 * Idempotency-Key, and change an item with If-Match. What was acknowledged is remembered, and
 * compared with the database at the end.
 */
final class WriteHistory implements AutoCloseable {

  private static final int CLIENTS = 8;

  /** Ends requests to a database that does not respond, before {@link Await} gives up. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final String token;
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger increments = new AtomicInteger();
  private final AtomicInteger uncertainIncrements = new AtomicInteger();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<Void>> running = new ArrayList<>();
  private volatile URI root;
  private volatile boolean isOver;

  WriteHistory(URI root, String token) {
    this.root = root;
    this.token = token;
    for (int i = 0; i < CLIENTS; i++) {
      int number = i;
      running.add(clients.submit(() -> create("client " + number)));
    }
    running.add(clients.submit(this::increment));
  }

  /** Creates items, each until it is acknowledged. */
  private Void create(String name) throws InterruptedException {
    try (HttpClient client = newClient()) {
      for (int i = 0; !isOver; i++) {
        String title = name + ", item " + i;
        String key = title.replaceAll("\\W+", "-");
        while (!acknowledged.contains(title) && !isOver) {
          HttpRequest.Builder request = to("/items/").header("Idempotency-Key", key);
          if (status(client, request.POST(title(title))) == 201) {
            acknowledged.add(title);
          } else {
            failures.incrementAndGet();
          }
          Thread.sleep(PAUSE);
        }
      }
    }
    return null;
  }

  /** Increments a number in the title of one item. */
  private Void increment() throws Exception {
    try (HttpClient client = newClient()) {
      String item = createNumber(client);
      while (!isOver) {
        try {
          HttpResponse<String> read = client.send(to(item).GET().build(), BodyHandlers.ofString());
          if (read.statusCode() == 200) {
            String tag = read.headers().firstValue("ETag").orElseThrow();
            int next =
                Integer.parseInt(read.body().replaceFirst(".*\"title\":\"(\\d+)\".*", "$1")) + 1;
            int status =
                status(
                    client,
                    to(item)
                        .header("If-Match", tag)
                        .method("PATCH", title(Integer.toString(next))));
            (status == 200 ? increments : uncertainIncrements).incrementAndGet();
          }
        } catch (IOException e) {
          failures.incrementAndGet();
        }
        Thread.sleep(PAUSE);
      }
    }
    return null;
  }

  /** Creates the item with the number, and returns its path. */
  private String createNumber(HttpClient client) throws Exception {
    Optional<String> location = Optional.empty();
    while (location.isEmpty()) {
      location =
          client
              .send(to("/items/").POST(title("0")).build(), BodyHandlers.ofString())
              .headers()
              .firstValue("Location");
    }
    return URI.create(location.get()).getPath();
  }

  private static int status(HttpClient client, HttpRequest.Builder request)
      throws InterruptedException {
    try {
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(root.resolve(path))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .timeout(TIMEOUT);
  }

  private static HttpRequest.BodyPublisher title(String title) {
    return BodyPublishers.ofString("{\"title\": \"" + title + "\"}");
  }

  private static HttpClient newClient() {
    return HttpClient.newBuilder().version(Version.HTTP_1_1).build();
  }

  /** Lets the clients continue at another replica. */
  void continueAt(URI replica) {
    root = replica;
  }

  /** Waits until several more items have been created. */
  void awaitMore() throws InterruptedException {
    int until = acknowledged.size() + 5 * CLIENTS;
    Await.until("more items", () -> acknowledged.size() >= until);
  }

  /** Waits until several more requests have failed. */
  void awaitFailures() throws InterruptedException {
    int until = failures.get() + CLIENTS;
    Await.until("failures", () -> failures.get() >= until);
  }

  /** Ends the clients, and reports a failure of one of them. */
  @Override
  public void close() {
    isOver = true;
    clients.close();
    running.forEach(Future::resultNow);
  }

  /** Compares what was acknowledged with what the database contains. */
  void verify(Connection connection) throws SQLException {
    Map<String, Integer> stored = new HashMap<>();
    int number = -1;
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select title, count(*) from items group by title")) {
      while (rows.next()) {
        if (rows.getString(1).startsWith("client")) {
          stored.put(rows.getString(1), rows.getInt(2));
        } else {
          number = rows.getInt(1);
        }
      }
    }
    for (String title : acknowledged) {
      assertEquals(1, stored.getOrDefault(title, 0), title);
    }
    stored.forEach((title, count) -> assertEquals(1, count, title));
    assertTrue(number >= increments.get(), number + " after " + increments + " increments");
    assertTrue(number <= increments.get() + uncertainIncrements.get(), "more than increments");
  }
}
