package io.satchel.platform.clients;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.satchel.platform.problems.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import java.util.Objects;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/**
 * Limits the memory of responses, so that clients that do not read them cannot exhaust the heap.
 * Rows count with their largest size while they are read, and the response with its bytes until the
 * client has received it.
 */
@Singleton
public class ResponseMemory {

  /** The heap that the largest item takes while it is read and written. */
  private static final int BYTES_PER_ROW = 64 * 1024;

  /** Netty copies what waits to memory outside of the heap, of which a container has less. */
  private static final int WEIGHT_OUTSIDE_HEAP = 3;

  /** Smaller responses leave the heap at once, for the buffer of the socket. */
  private static final int SMALL_BYTES = 4 * 1024;

  /** What a request has taken for rows. */
  private static final String TAKEN = "takenRows";

  private static final String NETWORK = "network";

  /** After the request id and the security headers, which a rejection has too. */
  private static final int PRIORITY = 5;

  private final MemoryBudget budget;
  private final TrustedProxies proxies;
  private final RoutingContext current;

  @Inject
  ResponseMemory(
      ClientLimits limits, TrustedProxies proxies, RoutingContext current, MeterRegistry metrics) {
    long max = Runtime.getRuntime().maxMemory() / 100 * limits.responseMemory();
    this.budget = new MemoryBudget("satchel.response.memory", max, max / 4, metrics);
    this.proxies = proxies;
    this.current = current;
  }

  void register(@Observes Filters filters) {
    filters.register(this::count, PRIORITY);
  }

  private void count(RoutingContext request) {
    if (request.get(NETWORK) == null) { // It is not a reroute.
      String network = ClientAddress.networkOf(request.request(), proxies);
      request.put(NETWORK, network);
      request.addBodyEndHandler(end ->
          countBody(request, Objects.requireNonNullElse(RequestCaller.of(request), network)));
    }
    request.next();
  }

  /** Returns whether too many responses to requests without a token wait for the same network. */
  public boolean isExceeded(RoutingContext request) {
    return budget.isExceededBy(request.get(NETWORK));
  }

  /** Counts the bytes of a response that is not streamed, until the client has received them. */
  private void countBody(RoutingContext request, String caller) {
    long bytes = request.response().bytesWritten();
    if (bytes <= SMALL_BYTES || request.response().isChunked()) {
      return;
    }
    long weighted = bytes * WEIGHT_OUTSIDE_HEAP;
    budget.add(caller, weighted);
    whenSent(request.request(), () -> budget.remove(caller, weighted));
  }

  /** Does something when Netty has sent the response, or the connection is closed. */
  private static void whenSent(HttpServerRequest request, Runnable action) {
    ChannelHandlerContext connection =
        ((ConnectionBase) request.connection()).channelHandlerContext();
    if (connection.handler() instanceof Http2ConnectionHandler http2) {
      connection
          .executor()
          .execute(() -> whenClosed(request.streamId(), http2.connection(), action));
    } else { // An empty write is complete when all before it are.
      ChannelFuture _ =
          connection.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> action.run());
    }
  }

  /** Does something when a stream is closed, after its last frame has been sent. */
  private static void whenClosed(int stream, Http2Connection connection, Runnable action) {
    if (connection.stream(stream) == null) {
      action.run();
      return;
    }
    connection.addListener(
        new Http2ConnectionAdapter() {
          @Override
          public void onStreamClosed(Http2Stream closed) {
            if (closed.id() == stream) {
              connection.removeListener(this);
              action.run();
            }
          }
        });
  }

  /**
   * Waits for memory for rows, at most a second, and takes it until the current request has been
   * processed, or the rows are returned.
   *
   * @throws ProblemException 429 if the same caller has taken too much, or else 503
   */
  public void takeRows(int rows) {
    take((long) rows * BYTES_PER_ROW);
  }

  /** Does the same as {@link #takeRows} for rows whose size is known. */
  public void take(long bytes) {
    if (CurrentRequestManager.get() == null) {
      return;
    }
    Taken taken = taken();
    // Others could wait for the locks and the connection of a transaction.
    Optional<ProblemException> problem =
        QuarkusTransaction.getStatus() == Status.STATUS_NO_TRANSACTION
            ? budget.awaitAdd(taken.caller, bytes, taken.bytes)
            : budget.tryAdd(taken.caller, bytes, taken.bytes);
    if (problem.isPresent()) {
      throw problem.get();
    }
    taken.bytes += bytes;
  }

  /** Returns the memory of rows that do not exist, or have been written. */
  public void returnRows(int rows) {
    if (CurrentRequestManager.get() == null) {
      return;
    }
    long bytes = (long) rows * BYTES_PER_ROW;
    Taken taken = taken();
    budget.remove(taken.caller, bytes);
    taken.bytes -= bytes;
  }

  /** Returns what the current request has taken for rows, which ends with the request. */
  private Taken taken() {
    Taken taken = current.get(TAKEN);
    if (taken != null) {
      return taken;
    }
    Taken none = new Taken(RequestCaller.of(current));
    current.put(TAKEN, none);
    CurrentRequestManager.get()
        .registerCompletionCallback(processed -> budget.remove(none.caller, none.bytes));
    return none;
  }

  /** The bytes that a request has taken. */
  private static final class Taken {

    final String caller;
    long bytes;

    Taken(String caller) {
      this.caller = caller;
    }
  }
}
