package io.satchel.platform.connections;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AttributeKey;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.satchel.platform.clients.ClientLimits;
import io.satchel.platform.clients.RequestCaller;
import io.satchel.platform.clients.ResponseMemory;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Follows each request until its response has been sent. It counts the bytes of responses that are
 * not streamed, and tells {@link SlowClientHandler} when a connection waits for headers, and begins
 * to watch for {@link StalledStreams}.
 */
@Singleton
class RequestLifecycle {

  private static final AttributeKey<AtomicInteger> EVENTS = AttributeKey.valueOf("requestEvents");

  private static final String IS_FOLLOWED = RequestLifecycle.class.getName();

  /** After a forwarded request is routed again. */
  private static final int PRIORITY = Integer.MAX_VALUE - 1;

  @Inject ResponseMemory memory;
  @Inject RequestCaller callers;
  @Inject ClientLimits limits;

  /**
   * Returns how many requests have begun, and how many have ended, on a connection. Over HTTP/1,
   * the sum is odd while there is one.
   */
  static AtomicInteger events(Channel connection) {
    connection.attr(EVENTS).compareAndSet(null, new AtomicInteger());
    return connection.attr(EVENTS).get();
  }

  void register(@Observes Filters filters) {
    filters.register(this::follow, PRIORITY);
  }

  private void follow(RoutingContext request) {
    if (request.get(IS_FOLLOWED) == null) { // It is not a reroute.
      request.put(IS_FOLLOWED, true);
      ChannelHandlerContext connection = connection(request.request());
      StalledStreams.watch(connection, limits.stalledResponse());
      AtomicInteger events = events(connection.channel());
      events.incrementAndGet();
      request.addEndHandler(end -> events.incrementAndGet());
      request.addBodyEndHandler(end -> count(request));
    }
    request.next();
  }

  private void count(RoutingContext request) {
    long bytes = request.response().bytesWritten();
    if (bytes > ResponseMemory.SMALL_BYTES && !request.response().isChunked()) {
      Runnable release = memory.addResponse(callers.of(request), bytes);
      whenSent(request.request(), release);
    }
  }

  /** Does something when Netty has sent the response, or the connection is closed. */
  private static void whenSent(HttpServerRequest request, Runnable action) {
    ChannelHandlerContext connection = connection(request);
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

  private static ChannelHandlerContext connection(HttpServerRequest request) {
    return ((ConnectionBase) request.connection()).channelHandlerContext();
  }
}
