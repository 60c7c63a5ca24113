package io.satchel.platform.tracing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Receives traces over OTLP, in Protocol Buffers. Texts and ids are searched in their bytes. */
public final class TraceCollector implements AutoCloseable {

  private final HttpServer server;
  private final List<String> received = new CopyOnWriteArrayList<>();

  /** Starts to receive. */
  public TraceCollector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/v1/traces",
        exchange -> {
          received.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  /** Returns the options with which a service sends its traces here. */
  public String[] options() {
    return new String[] {
      "-Dotel.exporter.otlp.endpoint=http://127.0.0.1:" + server.getAddress().getPort(),
      "-Dotel.exporter.otlp.protocol=http/protobuf",
      "-Dquarkus.otel.bsp.schedule.delay=0.1S"
    };
  }

  /** Returns whether a span has the text, such as a name or a value. */
  public boolean contains(String text) {
    return received.stream().anyMatch(batch -> batch.contains(text));
  }

  /** Returns whether a span belongs to the trace with the given id. */
  public boolean containsTrace(String id) {
    return contains(new String(HexFormat.of().parseHex(id), ISO_8859_1));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
