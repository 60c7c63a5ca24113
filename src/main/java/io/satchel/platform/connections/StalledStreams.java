package io.satchel.platform.connections;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Connection.PropertyKey;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends streams of HTTP/2 whose client takes too little of a response, while others on the same
 * connection may make progress. Quarkus closes the connection of a stream that has an export.
 */
final class StalledStreams extends ChannelOutboundHandlerAdapter {

  // RFC 9113, section 4.1. Netty writes the header of a DATA frame for itself.
  private static final int FRAME_HEADER_BYTES = 9;
  private static final int TYPE = 3;
  private static final int STREAM = 5;

  private final ChannelHandlerContext connection;
  private final Http2ConnectionHandler http2;
  private final PropertyKey key;
  private final Duration limit;
  private ScheduledFuture<?> check;

  private StalledStreams(
      ChannelHandlerContext connection, Http2ConnectionHandler http2, Duration stalled) {
    this.connection = connection;
    this.http2 = http2;
    this.key = http2.connection().newKey();
    this.limit = stalled;
  }

  /** Begins to watch the streams of a connection, if it is one of HTTP/2. */
  static void watch(ChannelHandlerContext connection, Duration stalled) {
    if (connection.handler() instanceof Http2ConnectionHandler http2
        && connection.pipeline().get(StalledStreams.class) == null) {
      connection
          .pipeline()
          .addBefore(connection.name(), null, new StalledStreams(connection, http2, stalled));
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    long period = limit.toNanos() / Progress.CHECKS;
    check =
        context
            .executor()
            .scheduleWithFixedDelay(this::check, period, period, TimeUnit.NANOSECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    check.cancel(false);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf frame
        && frame.readableBytes() == FRAME_HEADER_BYTES
        && frame.getByte(frame.readerIndex() + TYPE) == Http2FrameTypes.DATA) {
      Http2Stream stream = http2.connection().stream(frame.getInt(frame.readerIndex() + STREAM));
      if (stream != null) {
        sentOn(stream).bytes += frame.getMedium(frame.readerIndex());
      }
    }
    ChannelFuture _ = context.write(message, promise);
  }

  private Sent sentOn(Http2Stream stream) {
    Sent sent = stream.getProperty(key);
    if (sent == null) {
      sent = new Sent();
      stream.setProperty(key, sent);
    }
    return sent;
  }

  private void check() {
    List<Integer> stalled = new ArrayList<>();
    try {
      http2
          .connection()
          .forEachActiveStream(stream -> {
            boolean isWaiting = http2.encoder().flowController().hasFlowControlled(stream);
            Sent sent = sentOn(stream);
            if (sent.progress.hasStalled(sent.bytes, isWaiting, limit) && !stream.isResetSent()) {
              stalled.add(stream.id());
            }
            return true;
          });
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
    for (int stream : stalled) {
      ConnectionLimit.countClosed("response");
      ChannelFuture _ =
          http2.resetStream(connection, stream, Http2Error.CANCEL.code(), connection.newPromise());
    }
    if (!stalled.isEmpty()) {
      connection.flush();
    }
  }

  /** What a stream has sent. */
  private static final class Sent {

    final Progress progress = new Progress();
    long bytes;
  }
}
