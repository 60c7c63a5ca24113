package io.satchel.platform.connections;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose client sends the headers of a request, or takes a response, too slowly.
 * A connection on which nothing is sent is left alone.
 */
final class SlowClientHandler extends ChannelDuplexHandler {

  private final long headersNanos;
  private final Duration stalled;
  private final Progress progress = new Progress();
  private ScheduledFuture<?> check;

  /** When the first byte of the last headers arrived, and after how many events. */
  private long headersSince;

  private int eventsBeforeHeaders = -1;

  private boolean isReadDeferred;
  private long written;

  SlowClientHandler(Duration headers, Duration stalled) {
    this.headersNanos = headers.toNanos();
    this.stalled = stalled;
  }

  @Override
  public void channelActive(ChannelHandlerContext connection) {
    long period = Math.min(headersNanos, stalled.toNanos()) / Progress.CHECKS;
    check =
        connection
            .executor()
            .scheduleWithFixedDelay(() -> check(connection), period, period, TimeUnit.NANOSECONDS);
    connection.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext connection) {
    check.cancel(false);
    connection.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext connection, Object bytes) {
    int events = RequestLifecycle.events(connection.channel()).get();
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

  /** Counts what is sent. */
  @Override
  public void write(ChannelHandlerContext connection, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      written += bytes.readableBytes();
    }
    ChannelFuture _ = connection.write(message, promise);
  }

  private void check(ChannelHandlerContext connection) {
    int events = RequestLifecycle.events(connection.channel()).get();
    if (isHttp1(connection)
        && isBetweenRequests(events)
        && eventsBeforeHeaders == events
        && System.nanoTime() - headersSince > headersNanos) {
      close(connection, "headers");
    } else if (hasStalled(connection)) {
      close(connection, "response");
    }
  }

  private static boolean isBetweenRequests(int events) {
    return events % 2 == 0;
  }

  private static boolean isHttp1(ChannelHandlerContext connection) {
    return connection.pipeline().get(Http2ConnectionHandler.class) == null;
  }

  private boolean hasStalled(ChannelHandlerContext connection) {
    ChannelOutboundBuffer waiting = connection.channel().unsafe().outboundBuffer();
    long pending = waiting == null ? 0 : waiting.totalPendingWriteBytes();
    // A file has no size here, but its progress.
    long sent = written - pending + (waiting == null ? 0 : waiting.currentProgress());
    return progress.hasStalled(sent, pending > 0, stalled);
  }

  private static void close(ChannelHandlerContext connection, String limit) {
    ConnectionLimit.countClosed(limit);
    ChannelFuture _ = connection.close();
  }
}
