package io.satchel.platform.clients;

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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private final List<Socket> unread = new ArrayList<>();

  private PackagedService service;
  private String token;
  private String owner;

  @BeforeAll
  void start() {
    service = // With the heap of the images.
        PackagedService.startWithDatabase("-Xmx205m", "-Dsatchel.limits.stalled-response=5S");
    token = service.adminToken();
    owner = new AccountRequests(service).newSession(Api.newEmail());
    Map<String, String> item =
        Map.of("title", LARGEST.repeat(200), "description", LARGEST.repeat(5_000));
    for (int i = 0; i < 20; i++) {
      service
          .as(owner)
          .contentType(ContentType.JSON)
          .body(nCopies(50, item))
          .post("/items/batch")
          .then()
          .statusCode(201);
    }
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
  void unread_users_are_bounded() throws IOException {
    attack("/users/me", 100, owner);
  }

  @Test
  void unread_pages_are_bounded() throws IOException {
    attack("/items/?limit=1000", 50, owner);
  }

  @Test
  void unread_descriptions_are_bounded() throws IOException {
    attack("/openapi", 400, null);
  }

  private void attack(String path, int requests, String attacker) throws IOException {
    double closed = service.metric("satchel_connections_closed_total\\{limit=\"response\".*");
    for (int i = 0; i < requests; i++) {
      unread.add(request(path, attacker));
    }
    for (int i = 0; i < 5; i++) { // Others notice nothing.
      service
          .as(token)
          .header("X-Forwarded-For", "192.0.2.1")
          .get("/items/?limit=1")
          .then()
          .statusCode(200);
    }
    Await.until(
        "the end of unread connections",
        () -> service.metric("satchel_connections_closed_total\\{limit=\"response\".*") > closed);
    Await.until("memory", () -> service.metric("satchel_response_memory_bytes") == 0);
    assertEquals(200, service.as(owner).get("/users/me").statusCode());
    assertThat(service.log(), not(containsString("OutOfMemoryError")));
  }

  private Socket request(String path, String accessToken) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4 * 1024);
    socket.connect(new InetSocketAddress(service.root().getHost(), service.root().getPort()));
    String credentials =
        accessToken == null ? "" : "Authorization: Bearer %s\r\n".formatted(accessToken);
    String request = "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n".formatted(path, credentials);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
