package io.satchel.auth.passwords;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.satchel.Api;
import io.satchel.PackagedService;
import io.satchel.TestSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class HashingOverloadIT {

  /** 160 log-ins and 40 sign-ups: more than the threads and the queue take. */
  private static final int REQUESTS = 200;

  /** Many hashes are faster with it, although the service starts later. */
  private static final String OPTIMISING_COMPILER = "-XX:TieredStopAtLevel=4";

  @Test
  void an_overload_of_log_ins_exhausts_no_memory_and_blocks_no_reads() throws Exception {
    try (PackagedService service =
            PackagedService.startWithDatabase(
                "-Xmx256m",
                "-XX:ActiveProcessorCount=2",
                "-Dsatchel.limits.concurrent-requests-of-caller=200",
                OPTIMISING_COMPILER);
        HttpClient client = HttpClient.newHttpClient()) {
      String token = reader(service); // The log-ins of the admin end its oldest sessions.
      List<CompletableFuture<HttpResponse<String>>> hashes = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        HttpRequest request = i % 5 == 0 ? signUp(service.root()) : logIn(service.root());
        hashes.add(client.sendAsync(request, BodyHandlers.ofString()));
      }
      int reads = 0;
      while (hashes.stream().anyMatch(response -> !response.isDone())) {
        HttpRequest read = read(service.root(), token);
        assertEquals(200, client.send(read, BodyHandlers.discarding()).statusCode());
        reads++;
        LockSupport.parkNanos(MILLISECONDS.toNanos(20)); // leaves the cores to the hashes
      }
      assertThat(reads, greaterThan(10));
      List<HttpResponse<String>> responses = hashes.stream().map(CompletableFuture::join).toList();
      List<Integer> statuses = responses.stream().map(HttpResponse::statusCode).toList();
      assertThat(statuses, everyItem(oneOf(200, 201, 503)));
      assertThat(statuses, hasItems(200, 503));
      for (HttpResponse<String> response : responses) {
        assertEquals(
            response.statusCode() == 503, response.headers().firstValue("Retry-After").isPresent());
      }
    }
  }

  /** Returns an access token of a new user. */
  private static String reader(PackagedService service) {
    String email = Api.newEmail();
    service
        .given()
        .contentType("application/json")
        .body(Map.of("email", email, "password", Api.PASSWORD))
        .post("/users/")
        .then()
        .statusCode(201);
    return service.accessToken(email, Api.PASSWORD);
  }

  private static HttpRequest signUp(URI root) {
    String body =
        "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(Api.newEmail(), Api.PASSWORD);
    return HttpRequest.newBuilder(root.resolve("/users/"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static HttpRequest logIn(URI root) {
    return HttpRequest.newBuilder(root.resolve("/token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(
            BodyPublishers.ofString(
                "grant_type=password&username=%s&password=%s"
                    .formatted(TestSettings.ADMIN_EMAIL, TestSettings.ADMIN_PASSWORD)))
        .build();
  }

  private static HttpRequest read(URI root, String token) {
    return HttpRequest.newBuilder(root.resolve("/items/"))
        .header("Authorization", "Bearer " + token)
        .timeout(Duration.ofSeconds(100))
        .build();
  }
}
