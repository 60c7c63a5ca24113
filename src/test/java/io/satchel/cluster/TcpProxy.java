package io.satchel.cluster;

import io.satchel.PackagedService;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a Service of Kubernetes is: each connection goes to one of the replicas that were ready when
 * they were last asked, and stays there. It knows nothing of HTTP, and tries nothing again.
 */
final class TcpProxy implements AutoCloseable {

  private static final long PROBE_PERIOD_MS = 200;
  private static final int PROBE_TIMEOUT_MS = 10_000;

  private final List<PackagedService> replicas = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final ServerSocket listener;
  private volatile List<PackagedService> ready = List.of();

  TcpProxy(List<PackagedService> replicas) {
    try {
      this.replicas.addAll(replicas);
      probe();
      listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(this::keepProbing);
      Thread.ofVirtual().start(this::accept);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI root() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  void add(PackagedService replica) {
    replicas.add(replica);
  }

  /** Whether new connections go to that replica. */
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
      while (!listener.isClosed()) {
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

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        // closed
      }
    }
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
      Thread answers = Thread.ofVirtual().start(() -> pass(replica, client));
      pass(client, replica);
      answers.join();
    } catch (IOException e) {
      // the client sees a connection that was closed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Passes bytes on until there are no more, which it passes on too. */
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
