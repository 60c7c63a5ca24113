package io.satchel.platform.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.http.ContentType;
import io.satchel.PackagedService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients that begin to send bodies, and never end, exhaust no memory and hinder nobody else. */
class StalledRequestsIT {

  /** With the heap of the images, their bodies would end the process. */
  private static final int CLIENTS = 1_800;

  private static final int LENGTH = 64 * 1024;

  @Test
  void bodies_that_never_end_are_bounded_and_rejected() throws IOException {
    List<Socket> sockets = new ArrayList<>();
    try (PackagedService service =
        PackagedService.startWithDatabase(
            "-Xmx205m",
            "-Dsatchel.limits.request-timeout=10S",
            "-Dsatchel.limits.connections-of-address=2000")) {
      String token = service.adminToken();
      for (int i = 0; i < CLIENTS; i++) {
        sockets.add(stall(service));
      }
      for (int i = 0; i < 5; i++) { // A client elsewhere notices nothing.
        service
            .as(token)
            .header("X-Forwarded-For", "192.0.2.1")
            .contentType(ContentType.JSON)
            .body(Map.of("title", "Katana"))
            .post("/items/")
            .then()
            .statusCode(201);
      }
      List<String> statuses = new ArrayList<>();
      for (Socket socket : sockets) {
        statuses.add(statusOf(socket));
      }
      assertEquals(CLIENTS, statuses.size());
      assertThat(statuses, everyItem(matchesPattern("HTTP/1.1 (408|429|503) .*")));
      assertThat(statuses, hasItem(containsString("408"))); // Some were allowed to begin,
      assertThat(statuses, hasItem(containsString("429"))); // but not all.
      assertThat(service.log(), not(containsString("OutOfMemoryError")));
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /** Sends all but the last byte of a sign-up. */
  private static Socket stall(PackagedService service) throws IOException {
    Socket socket = new Socket(service.root().getHost(), service.root().getPort());
    String head =
        "POST /users/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: %d\r\n\r\n".formatted(LENGTH);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(" ".repeat(LENGTH - 1).getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String statusOf(Socket socket) throws IOException {
    return new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
        .readLine();
  }
}
