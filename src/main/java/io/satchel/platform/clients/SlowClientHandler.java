package io.satchel.platform.clients;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Closes a connection whose client sends the headers of a request, or takes a response, too slowly.
 * A connection on which nothing is sent is left alone.
 */
final class SlowClientHandler extends ChannelDuplexHandler {

  private static final int MIN_BYTES = 4 * 1024;
  private static final int CHECKS = 3;
  private static final int MAX_CONTROL_BYTES = 64;

  /**
   * Over HTTP/1, is increased when the headers of a request have arrived, and when its response
   * ends.
   */
  private static final AttributeKey<AtomicInteger> EVENTS = AttributeKey.valueOf("requestEvents");

  private final long headersNanos;
  private final long stalledNanos;
  private ScheduledFuture<?> check;

  /** When the first byte of the last headers arrived, and after how many events. */
  private long headersSince;

  private int eventsBeforeHeaders = -1;

  private boolean isReadDeferred;
  private long written;

  /** The bytes that had been sent, and when, at the last check that saw progress. */
  private long sent;

  private long sentAt;

  SlowClientHandler(Duration headers, Duration stalled) {
    this.headersNanos = headers.toNanos();
    this.stalledNanos = stalled.toNanos();
  }

  private static AtomicInteger events(Channel connection) {
    connection.attr(EVENTS).compareAndSet(null, new AtomicInteger());
    return connection.attr(EVENTS).get();
  }

  @Override
  public void channelActive(ChannelHandlerContext connection) {
    long period = Math.min(headersNanos, stalledNanos) / CHECKS;
    check =
        connection
            .executor()
            .scheduleWithFixedDelay(() -> check(connection), period, period, TimeUnit.NANOSECONDS);
    sentAt = System.nanoTime();
    connection.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext connection) {
    check.cancel(false);
    connection.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext connection, Object bytes) {
    int events = events(connection.channel()).get();
    if (isBetweenRequests(events) && eventsBeforeHeaders != events) {
      eventsBeforeHeaders = events;
      headersSince = System.nanoTime();
    }
    connection.fireChannelRead(bytes);
  }

  /** Reads no further requests while the client does not read the responses to earlier ones. */
  @Override
  public void read(ChannelHandlerContext connection) {
    if (connection.channel().isWritable()) {
      connection.read();
    } else {
      isReadDeferred = true;
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext connection) {
    if (isReadDeferred && connection.channel().isWritable()) {
      isReadDeferred = false;
      connection.read();
    }
    connection.fireChannelWritabilityChanged();
  }

  /** Counts what is sent, but no frames of HTTP/2 that only control the connection. */
  @Override
  public void write(ChannelHandlerContext connection, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes && bytes.readableBytes() > MAX_CONTROL_BYTES) {
      written += bytes.readableBytes();
    }
    ChannelFuture _ = connection.write(message, promise);
  }

  private void check(ChannelHandlerContext connection) {
    long now = System.nanoTime();
    int events = events(connection.channel()).get();
    Http2ConnectionHandler http2 = connection.pipeline().get(Http2ConnectionHandler.class);
    if (http2 == null
        && isBetweenRequests(events)
        && eventsBeforeHeaders == events
        && now - headersSince > headersNanos) {
      close(connection, "headers");
    } else if (hasProgress(connection, http2)) {
      sentAt = now;
    } else if (now - sentAt > stalledNanos) {
      close(connection, "response");
    }
  }

  private static boolean isBetweenRequests(int events) {
    return events % 2 == 0;
  }

  private boolean hasProgress(ChannelHandlerContext connection, Http2ConnectionHandler http2) {
    ChannelOutboundBuffer waiting = connection.channel().unsafe().outboundBuffer();
    long pending = waiting == null ? 0 : waiting.totalPendingWriteBytes();
    // A file has no size here, but its progress.
    boolean isWaiting = pending > 0 || (http2 != null && isWaiting(http2));
    long now = written - pending + (waiting == null ? 0 : waiting.currentProgress());
    boolean hasProgress = !isWaiting || Math.abs(now - sent) >= MIN_BYTES;
    if (hasProgress) {
      sent = now;
    }
    return hasProgress;
  }

  /** Returns whether the client allows no more data on a stream that has some. */
  private static boolean isWaiting(Http2ConnectionHandler http2) {
    try {
      return http2
              .connection()
              .forEachActiveStream(
                  stream -> !http2.encoder().flowController().hasFlowControlled(stream))
          != null;
    } catch (Http2Exception e) {
      return false;
    }
  }

  private static void close(ChannelHandlerContext connection, String limit) {
    ConnectionLimit.countClosed(limit);
    ChannelFuture _ = connection.close();
  }

  /** Tells the handler when the headers of a request have arrived, and its response has ended. */
  @Singleton
  static class RequestEvents {

    private static final String IS_TOLD = "requestEvents";

    void register(@Observes Filters filters) {
      filters.register(
          request -> {
            if (request.get(IS_TOLD) == null) { // It is not a reroute.
              request.put(IS_TOLD, true);
              AtomicInteger events = events(channel(request.request()));
              events.incrementAndGet();
              request.addEndHandler(end -> events.incrementAndGet());
            }
            request.next();
          },
          Integer.MAX_VALUE - 1); // After a forwarded request is routed again.
    }

    private static Channel channel(HttpServerRequest request) {
      return ((ConnectionBase) request.connection()).channelHandlerContext().channel();
    }
  }
}
