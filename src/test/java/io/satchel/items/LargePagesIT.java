package io.satchel.items;

import static java.util.Collections.nCopies;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;

import io.restassured.http.ContentType;
import io.satchel.Await;
import io.satchel.PackagedService;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LargePagesIT {

  private static final int REQUESTS = 48;

  @Test
  void many_large_pages_do_not_exhaust_the_heap() throws IOException {
    try (PackagedService service = PackagedService.startWithDatabase("-Xmx256m");
        HttpClient client = HttpClient.newHttpClient()) {
      String token = service.adminToken();
      HttpRequest request =
          HttpRequest.newBuilder(service.root().resolve("/items/?limit=1000"))
              .header("Authorization", "Bearer " + token)
              .build();
      Map<String, String> item = Map.of("title", "Katana", "description", "x".repeat(5_000));
      for (int i = 0; i < 4; i++) {
        service
            .as(token)
            .contentType(ContentType.JSON)
            .body(nCopies(250, item))
            .post("/items/batch")
            .then()
            .statusCode(201);
      }
      for (int i = 0; i < REQUESTS; i++) {
        abandon(request);
      }
      awaitPage(service, token);
      List<CompletableFuture<HttpResponse<Void>>> responses =
          Stream.generate(() -> client.sendAsync(request, BodyHandlers.discarding()))
              .limit(REQUESTS)
              .toList();
      List<Integer> statuses =
          responses.stream().map(response -> response.join().statusCode()).toList();
      assertThat(statuses, everyItem(oneOf(200, 429, 503)));
      assertThat(service.log(), not(containsString("OutOfMemoryError")));
      awaitPage(service, token);
    }
  }

  /** Waits until other pages leave enough memory. */
  private static void awaitPage(PackagedService service, String token) {
    Await.until("a page", () -> service.as(token).get("/items/?limit=1000").statusCode() == 200);
  }

  /** Sends a request, and closes the connection. */
  private static void abandon(HttpRequest request) throws IOException {
    URI uri = request.uri();
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      String token = request.headers().firstValue("Authorization").orElseThrow();
      String text =
          "GET %s?%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n\r\n"
              .formatted(uri.getPath(), uri.getQuery(), token);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
