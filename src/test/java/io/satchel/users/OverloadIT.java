package io.satchel.users;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.satchel.Api;
import io.satchel.PackagedService;
import io.satchel.embedded.EmbeddedPostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OverloadIT {

  private static final int SIGN_UPS = 300;

  @Test
  void more_sign_ups_than_can_be_hashed_exhaust_no_memory_and_stop_no_reads() throws Exception {
    try (EmbeddedPostgres database = EmbeddedPostgresServer.start();
        PackagedService service =
            PackagedService.start(
                "-Xmx256m",
                "-Dquarkus.datasource.jdbc.url=" + EmbeddedPostgresServer.urlOf(database));
        HttpClient client = HttpClient.newHttpClient()) {
      List<CompletableFuture<HttpResponse<Void>>> signUps =
          Stream.generate(() -> client.sendAsync(signUp(service.root()), BodyHandlers.discarding()))
              .limit(SIGN_UPS)
              .toList();
      URI items = service.root().resolve("/items/");
      assertEquals(
          200,
          client
              .send(HttpRequest.newBuilder(items).build(), BodyHandlers.discarding())
              .statusCode());
      List<Integer> statuses = signUps.stream().map(signUp -> signUp.join().statusCode()).toList();
      assertThat(statuses, everyItem(oneOf(201, 503)));
      assertThat(statuses, hasItem(201));
    }
  }

  private static HttpRequest signUp(URI root) {
    String body =
        "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(Api.newEmail(), Api.PASSWORD);
    return HttpRequest.newBuilder(root.resolve("/users/"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }
}
