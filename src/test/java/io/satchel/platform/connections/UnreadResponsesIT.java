package io.satchel.platform.connections;

import static java.util.Collections.nCopies;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.http.ContentType;
import io.satchel.Api;
import io.satchel.Await;
import io.satchel.PackagedService;
import io.satchel.accounts.AccountRequests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Clients that do not read responses exhaust no memory, and hinder nobody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreadResponsesIT {

  /** Each character takes four bytes. */
  private static final String LARGEST = "😀";

  private static final String CLOSED = "satchel_connections_closed_total\\{limit=\"response\".*";

  private final List<Socket> unread = new ArrayList<>();

  private PackagedService service;
  private String token;
  private String owner;

  @BeforeAll
  void start() {
    service = // With the heap of the images.
        PackagedService.startWithDatabase("-Xmx205m", "-Dsatchel.limits.stalled-response=5S");
    token = service.adminToken();
    owner = newOwner(20);
  }

  /** Creates a user with batches of 50 of the largest items, and returns an access token. */
  private String newOwner(int batches) {
    String accessToken = new AccountRequests(service).newSession(Api.newEmail());
    Map<String, String> item =
        Map.of("title", LARGEST.repeat(200), "description", LARGEST.repeat(5_000));
    for (int i = 0; i < batches; i++) {
      service
          .as(accessToken)
          .contentType(ContentType.JSON)
          .body(nCopies(50, item))
          .post("/items/batch")
          .then()
          .statusCode(201)
          .extract()
          .asByteArray(); // Until it is read, the response takes memory.
    }
    return accessToken;
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @AfterEach
  void disconnect() throws IOException {
    for (Socket socket : unread) {
      socket.close();
    }
  }

  @Test
  void unread_users_are_bounded() {
    attack("/users/me", 100, owner);
  }

  @Test
  void unread_responses_of_several_callers_are_bounded() {
    List<String> owners = Stream.generate(() -> newOwner(2)).limit(4).toList();
    Iterator<String> turns = Stream.generate(owners::stream).flatMap(all -> all).iterator();
    // Together, four callers may have all places for a moment, so others are not asked before.
    attack(() -> unread.add(request("/users/me", turns.next())), 400, 0);
  }

  @Test
  void unread_pages_are_bounded() {
    attack("/items/?limit=1000", 50, owner);
  }

  @Test
  void unread_descriptions_are_bounded() {
    attack("/openapi", 400, null);
  }

  @Test
  void unread_streams_of_http_2_are_bounded() {
    Vertx vertx = Vertx.vertx();
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
    var _ = // Others on the same connection are read.
        vertx.setPeriodic(
            200, now -> send(client, "/items/?limit=10", token).onSuccess(HttpClientResponse::end));
    attack(() -> send(client, "/users/me", owner).onSuccess(HttpClientResponse::pause), 50);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Future<HttpClientResponse> send(HttpClient client, String path, String accessToken) {
    RequestOptions options =
        new RequestOptions()
            .setAbsoluteURI(service.root().resolve(path).toString())
            .putHeader("Authorization", "Bearer " + accessToken);
    return client.request(options).compose(HttpClientRequest::send);
  }

  private void attack(String path, int requests, String attacker) {
    attack(() -> unread.add(request(path, attacker)), requests);
  }

  private void attack(Runnable unreadRequest, int requests) {
    attack(unreadRequest, requests, 5);
  }

  private void attack(Runnable unreadRequest, int requests, int requestsOfOthers) {
    double closed = service.metric(CLOSED);
    for (int i = 0; i < requests; i++) {
      unreadRequest.run();
    }
    for (int i = 0; i < requestsOfOthers; i++) { // They notice nothing.
      service.as(token).get("/items/?limit=1").then().statusCode(200);
    }
    Await.until("the end of connections", () -> service.metric(CLOSED) > closed);
    Await.until("memory", () -> service.metric("satchel_response_memory_bytes") == 0);
    assertEquals(200, service.as(owner).get("/users/me").statusCode());
    assertThat(service.log(), not(containsString("OutOfMemoryError")));
  }

  private Socket request(String path, String accessToken) {
    String credentials =
        accessToken == null ? "" : "Authorization: Bearer %s\r\n".formatted(accessToken);
    String request = "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n".formatted(path, credentials);
    try {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(4 * 1024);
      socket.connect(new InetSocketAddress(service.root().getHost(), service.root().getPort()));
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
