package io.satchel.cluster;

import io.satchel.Await;
import io.satchel.PackagedService;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy like a Kubernetes Service: each connection goes to a replica that was ready at the
 * last check, and stays there. It does not know HTTP, and never retries.
 */
final class TcpProxy implements AutoCloseable {

  private static final long PROBE_PERIOD_MS = 200;
  private static final int PROBE_TIMEOUT_MS = 100_000;

  private final List<PackagedService> replicas = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final TcpListener listener;
  private volatile List<PackagedService> ready = List.of();

  TcpProxy(List<PackagedService> replicas) {
    this.replicas.addAll(replicas);
    Await.until("ready replicas", this::allAreReady);
    listener = new TcpListener(this::serve);
    Thread.ofVirtual().start(this::keepProbing);
  }

  private boolean allAreReady() {
    probe();
    return ready.size() == replicas.size();
  }

  URI root() {
    return URI.create("http://127.0.0.1:" + listener.port());
  }

  void add(PackagedService replica) {
    replicas.add(replica);
  }

  /** Returns whether new connections go to the replica. */
  boolean knows(PackagedService replica) {
    return ready.contains(replica);
  }

  static boolean isReady(PackagedService replica) {
    try {
      URL ready = replica.management().resolve("/q/health/ready").toURL();
      var probe = (HttpURLConnection) ready.openConnection();
      probe.setConnectTimeout(PROBE_TIMEOUT_MS);
      probe.setReadTimeout(PROBE_TIMEOUT_MS);
      return probe.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private void keepProbing() {
    try {
      while (listener.isOpen()) {
        probe();
        Thread.sleep(PROBE_PERIOD_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void probe() {
    ready = replicas.stream().filter(TcpProxy::isReady).toList();
  }

  private void serve(Socket client) {
    try (client;
        Socket replica = new Socket()) {
      List<PackagedService> candidates = ready;
      if (candidates.isEmpty()) {
        return;
      }
      URI root = candidates.get(turn.getAndIncrement() % candidates.size()).root();
      replica.connect(new InetSocketAddress(root.getHost(), root.getPort()));
      Thread responses = Thread.ofVirtual().start(() -> pass(replica, client));
      pass(client, replica);
      responses.join();
    } catch (IOException e) {
      // The client notices the closed connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Copies bytes until the end of the stream, then closes the other side. */
  private static void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
