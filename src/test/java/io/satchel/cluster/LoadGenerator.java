package io.satchel.cluster;

import io.satchel.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that create items one after the other, each on a connection that it keeps open. They use
 * POST, which Java's HTTP client does not retry.
 */
final class LoadGenerator implements AutoCloseable {

  static final int CLIENTS = 8;

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final HttpRequest request;
  private final AtomicInteger ended = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean isOver;

  LoadGenerator(URI root, String token) {
    request =
        HttpRequest.newBuilder(root.resolve("/items/"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(100))
            .POST(BodyPublishers.ofString("{\"title\": \"Katana\"}"))
            .build();
    for (int i = 0; i < CLIENTS; i++) {
      clients.execute(this::send);
    }
  }

  private void send() {
    try (HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build()) {
      while (!isOver) {
        try {
          HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
          if (response.statusCode() != 201) {
            failures.add(response.statusCode() + " " + response.body());
          }
        } catch (IOException e) {
          failures.add(e.toString());
        }
        ended.incrementAndGet();
        Thread.sleep(PAUSE); // leaves the cores to starting replicas
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until each client has completed several more requests. */
  void awaitMore() throws InterruptedException {
    int until = ended.get() + 10 * CLIENTS;
    Await.until("more requests", () -> ended.get() >= until);
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    isOver = true;
    clients.close();
  }
}
