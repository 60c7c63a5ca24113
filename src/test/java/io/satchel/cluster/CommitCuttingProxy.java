package io.satchel.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy in front of PostgreSQL that can close connections between a commit and its
 * confirmation, so that the client does not know whether it has happened.
 */
final class CommitCuttingProxy implements AutoCloseable {

  /** The end of PostgreSQL's message CommandComplete. */
  private static final String CONFIRMATION = "COMMIT\0";

  private final URI database;
  private final TcpListener listener = new TcpListener(this::serve);
  private final AtomicInteger cutsLeft = new AtomicInteger();

  /** Creates a proxy for the database with the given JDBC URL. */
  CommitCuttingProxy(String url) {
    database = URI.create(url.replaceFirst("^jdbc:", ""));
  }

  /** Returns the JDBC URL of the database behind the proxy. */
  String url() {
    return "jdbc:" + database.toString().replace(":" + database.getPort(), ":" + listener.port());
  }

  /** Cuts the connections of the next commits. */
  void cut(int commits) {
    cutsLeft.set(commits);
  }

  /** Returns how many commits are still to be cut. */
  int cutsLeft() {
    return cutsLeft.get();
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(database.getHost(), database.getPort())) {
      Thread.ofVirtual().start(() -> passRequests(client, server));
      passResponses(server, client);
    } catch (IOException e) {
      // The client notices the closed connection.
    }
  }

  private static void passRequests(Socket client, Socket server) {
    try (server) {
      client.getInputStream().transferTo(server.getOutputStream());
    } catch (IOException e) {
      // The server notices the closed connection.
    }
  }

  private void passResponses(Socket server, Socket client) throws IOException {
    InputStream in = server.getInputStream();
    byte[] buffer = new byte[64 * 1024];
    for (int length; (length = in.read(buffer)) >= 0; ) {
      boolean isCommit = new String(buffer, 0, length, ISO_8859_1).contains(CONFIRMATION);
      if (isCommit && cutsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        return;
      }
      client.getOutputStream().write(buffer, 0, length);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
