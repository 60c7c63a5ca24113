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

/** Clients that send requests one after the other, each on a connection that it keeps open. */
final class LoadGenerator implements AutoCloseable {

  static final int CLIENTS = 8;

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final HttpRequest request;
  private final AtomicInteger ended = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean isOver;

  /** Creates items. Java's HTTP client does not retry POST. */
  LoadGenerator(URI root, String token) {
    this(
        request(root.resolve("/items/"), token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"title\": \"Katana\"}")));
  }

  /** Reads from a URL. */
  static LoadGenerator reading(URI url, String token) {
    return new LoadGenerator(request(url, token).GET());
  }

  private static HttpRequest.Builder request(URI url, String token) {
    return HttpRequest.newBuilder(url).header("Authorization", "Bearer " + token);
  }

  private LoadGenerator(HttpRequest.Builder request) {
    this.request = request.timeout(Duration.ofSeconds(100)).build();
    for (int i = 0; i < CLIENTS; i++) {
      clients.execute(this::send);
    }
  }

  private void send() {
    try (HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build()) {
      while (!isOver) {
        try {
          HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
          if (response.statusCode() / 100 != 2) {
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
