package io.satchel.platform.connections;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.RestAssured;
import io.satchel.Await;
import io.satchel.PackagedService;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One address cannot take all connections, and a request whose headers never end is closed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionLimitIT {

  private static final int LIMIT = 5;
  private static final String OTHER_ADDRESS = "127.0.0.2";

  private final List<Socket> sockets = new ArrayList<>();
  private PackagedService service;

  @BeforeAll
  void start() {
    service =
        PackagedService.startWithDatabase(
            "-Dsatchel.limits.connections-of-address=" + LIMIT,
            "-Dsatchel.limits.request-timeout=2S",
            "-Dquarkus.http.proxy.proxy-address-forwarding=true",
            "-Dquarkus.http.proxy.trusted-proxies=127.0.0.3");
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @AfterEach
  void disconnect() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void an_address_has_a_limited_number_of_connections() throws IOException {
    List<Socket> allowed = new ArrayList<>();
    for (int i = 0; i < LIMIT; i++) {
      allowed.add(connect(OTHER_ADDRESS));
    }
    Socket rejected = connect(OTHER_ADDRESS);
    assertEquals(-1, rejected.getInputStream().read());
    assertEquals(1, closed("address"));
    for (Socket socket : allowed) {
      assertResponse(socket);
    }
    assertResponse(connect("127.0.0.4"));
    RestAssured.get(service.management().resolve("/q/health/live")).then().statusCode(200);
    allowed.getFirst().close();
    Await.until("a place", () -> isAllowed(OTHER_ADDRESS));
  }

  @Test
  void a_trusted_proxy_has_as_many_connections_as_it_needs() throws IOException {
    for (int i = 0; i < 2 * LIMIT; i++) {
      assertResponse(connect("127.0.0.3"));
    }
  }

  @Test
  void headers_that_do_not_end_are_closed_and_idle_connections_are_not() throws Exception {
    Socket idle = connect("127.0.0.5");
    assertResponse(idle);
    Socket slow = connect("127.0.0.5");
    OutputStream out = slow.getOutputStream();
    Await.until("the end of the connection", () -> !canSend(out) && closed("headers") == 1);
    assertResponse(idle);
  }

  /** Sends one more byte of a request line. */
  private static boolean canSend(OutputStream out) {
    try {
      out.write('A');
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private double closed(String limit) {
    return service.metric("satchel_connections_closed_total\\{limit=\"%s\".*".formatted(limit));
  }

  private boolean isAllowed(String address) {
    try {
      assertResponse(connect(address));
      return true;
    } catch (IOException | AssertionError e) {
      return false;
    }
  }

  private Socket connect(String address) throws IOException {
    Socket socket =
        new Socket(
            service.root().getHost(), service.root().getPort(), InetAddress.getByName(address), 0);
    sockets.add(socket);
    return socket;
  }

  private static void assertResponse(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "HEAD /openapi HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    byte[] start = socket.getInputStream().readNBytes(12);
    assertEquals("HTTP/1.1 200", new String(start, StandardCharsets.US_ASCII));
    socket.getInputStream().skipNBytes(socket.getInputStream().available());
  }
}
