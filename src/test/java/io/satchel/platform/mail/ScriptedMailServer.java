package io.satchel.platform.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server on a free port that replies what a test wants, without TLS. */
final class ScriptedMailServer implements AutoCloseable {

  /** A reply that closes the connection instead. */
  static final String HANG_UP = "hang up";

  /** A reply that never comes. */
  static final String HANG = "hang";

  /** A reply that never ends: a byte now and then. */
  static final String DRIP = "drip";

  /** A reply that never ends, as fast as possible. */
  static final String FLOOD = "flood";

  private final AtomicInteger closed = new AtomicInteger();
  private final ServerSocket listener;
  private final Map<String, String> replies = new LinkedHashMap<>();
  private final List<String> received = new CopyOnWriteArrayList<>();

  ScriptedMailServer() {
    try {
      listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reply("greeting", "220 ready");
    reply("EHLO", "250-localhost\r\n250 SIZE 1000000");
    reply("MAIL", "250 ok");
    reply("RCPT", "250 ok");
    reply("DATA", "354 go on");
    reply("end of data", "250 accepted");
    reply("QUIT", "221 bye");
    reply("", "250 ok");
    Thread.ofVirtual().start(this::accept);
  }

  /** Replies to the commands that begin with a word, from now on. */
  ScriptedMailServer reply(String command, String reply) {
    replies.put(command, reply);
    return this;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Returns the lines that were received, in all connections. */
  List<String> received() {
    return received;
  }

  /** Returns the first line that begins with a word, or null. */
  String received(String beginning) {
    return received.stream().filter(line -> line.startsWith(beginning)).findFirst().orElse(null);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        // The server was closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
      OutputStream out = client.getOutputStream();
      boolean isData = false;
      send(replies.get("greeting"), lines, out);
      for (String line; (line = lines.readLine()) != null; ) {
        received.add(line);
        if (isData && !line.equals(".")) {
          continue;
        }
        String command = isData ? "end of data" : line.toUpperCase(Locale.ROOT);
        String reply = replyTo(command);
        send(reply, lines, out);
        isData = reply.startsWith("354");
      }
    } catch (IOException e) {
      // The client has hung up, or this server does.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed.incrementAndGet();
    }
  }

  /** Returns how many connections have ended. */
  int closed() {
    return closed.get();
  }

  private String replyTo(String command) {
    return replies.entrySet().stream()
        .filter(entry -> !entry.getKey().isEmpty() && command.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(replies.get(""));
  }

  private static void send(String reply, BufferedReader lines, OutputStream out)
      throws IOException, InterruptedException {
    switch (reply) {
      case HANG_UP -> throw new IOException(HANG_UP);
      case HANG -> {
        while (lines.readLine() != null) {} // until the client hangs up
        throw new IOException(HANG);
      }
      case FLOOD -> {
        byte[] line = "250-more\r\n".repeat(1_000).getBytes(UTF_8);
        while (true) {
          out.write(line);
        }
      }
      case DRIP -> {
        while (true) {
          out.write('2');
          Thread.sleep(10);
        }
      }
      default -> out.write((reply + "\r\n").getBytes(UTF_8));
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
