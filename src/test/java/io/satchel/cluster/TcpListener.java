package io.satchel.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** Accepts TCP connections on a free port of the loopback address, each in a thread of its own. */
final class TcpListener implements AutoCloseable {

  private final ServerSocket socket;

  TcpListener(Consumer<Socket> serve) {
    try {
      socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(() -> accept(serve));
  }

  private void accept(Consumer<Socket> serve) {
    while (isOpen()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve.accept(client));
      } catch (IOException e) {
        // The listener was closed.
      }
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  boolean isOpen() {
    return !socket.isClosed();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
