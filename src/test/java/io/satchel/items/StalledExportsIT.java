package io.satchel.items;

import static java.util.Collections.nCopies;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Test;

/** A caller who reads no exports takes no places of others, and gets no more than two. */
class StalledExportsIT {

  @Test
  void exports_that_nobody_reads_end_and_leave_places_to_others() throws IOException {
    try (PackagedService service =
        PackagedService.startWithDatabase("-Dsatchel.limits.stalled-response=10S")) {
      String admin = service.adminToken();
      String user = new AccountRequests(service).newSession(Api.newEmail());
      Map<String, String> item = Map.of("title", "Katana", "description", "x".repeat(5_000));
      for (int i = 0; i < 20; i++) { // More than the buffers of sockets.
        service
            .as(admin)
            .contentType(ContentType.JSON)
            .body(nCopies(750, item))
            .post("/items/batch")
            .then()
            .statusCode(201);
      }
      List<Socket> unread = new ArrayList<>(List.of(export(service, user), export(service, user)));
      Await.until("running exports", () -> service.metric("satchel_exports") == 2);
      service.as(user).get("/items/export").then().statusCode(429);
      service.as(admin).get("/users/me/export").then().statusCode(200);
      Await.until("the end of the exports", () -> service.metric("satchel_exports") == 0);
      assertEquals(200, service.as(user).get("/items/export").statusCode());
      for (Socket socket : unread) {
        assertTrue(isIncomplete(socket));
        socket.close();
      }
    }
  }

  /** Requests an export, and reads nothing. */
  private static Socket export(PackagedService service, String token) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4 * 1024);
    socket.connect(new InetSocketAddress(service.root().getHost(), service.root().getPort()));
    String request =
        "GET /items/export HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(token);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** The last chunk of a complete response is empty. */
  private static boolean isIncomplete(Socket socket) {
    try {
      byte[] received = socket.getInputStream().readAllBytes();
      return !new String(received, StandardCharsets.US_ASCII).endsWith("0\r\n\r\n");
    } catch (IOException e) {
      return true; // The connection was reset.
    }
  }
}
