package io.satchel.items;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.satchel.platform.problems.ProblemException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * Limits the concurrent exports of all and of one caller, ends those that nobody reads, and lets no
 * incomplete export look complete.
 */
@Singleton
class ExportLimit {

  /** The limit of exports. */
  @ConfigMapping(prefix = "satchel.limits")
  interface Settings {

    /** How long an export may wait for a client that takes no more data. */
    @WithDefault("15S")
    @DurationMin(seconds = 1)
    Duration stalledExport();
  }

  /** Each export keeps its place among the running requests while its client reads. */
  private static final int MAX_EXPORTS = 8;

  private static final int MAX_EXPORTS_OF_CALLER = 2;

  private final Semaphore permits = new Semaphore(MAX_EXPORTS);
  private final Map<Long, Integer> callers = new ConcurrentHashMap<>();
  private final RoutingContext request;
  private final Settings settings;

  @Inject
  ExportLimit(RoutingContext request, Settings settings, MeterRegistry metrics) {
    this.request = request;
    this.settings = settings;
    Gauge.builder("satchel.exports", permits, free -> MAX_EXPORTS - free.availablePermits())
        .description("Running exports, at most " + MAX_EXPORTS)
        .register(metrics);
  }

  /**
   * Returns an output that fails with 429 if the caller has two running exports, and with 503 if
   * there are eight. If the given one fails after the response has begun, the connection is closed.
   */
  StreamingOutput apply(StreamingOutput body, long callerId) {
    return out -> {
      try {
        if (callers.merge(callerId, 1, Integer::sum) > MAX_EXPORTS_OF_CALLER) {
          throw ProblemException.tooManyRequests(settings.stalledExport());
        }
        writeWithPermit(body, out);
      } finally {
        callers.computeIfPresent(callerId, (id, running) -> running == 1 ? null : running - 1);
      }
    };
  }

  private void writeWithPermit(StreamingOutput body, OutputStream out) {
    if (!permits.tryAcquire()) {
      throw ProblemException.unavailable();
    }
    WatchedOutput watched = new WatchedOutput(out);
    ChannelHandlerContext channel = channel();
    long timer =
        request
            .vertx()
            .setPeriodic(
                settings.stalledExport().toMillis(),
                now -> {
                  if (watched.isStalled()) {
                    ChannelFuture _ = channel.close();
                  }
                });
    try {
      write(body, watched);
    } finally {
      request.vertx().cancelTimer(timer);
      permits.release();
    }
  }

  private void write(StreamingOutput body, OutputStream out) {
    try {
      body.write(out);
    } catch (IOException e) { // The client has disconnected.
      disconnect();
    } catch (RuntimeException e) {
      if (request.response().headWritten()) {
        disconnect();
      }
      throw e;
    }
  }

  /**
   * Closes the connection and waits until it is closed, so that the client notices that the
   * response is incomplete. An exception alone would end it like a complete one.
   */
  private void disconnect() {
    channel().close().syncUninterruptibly();
  }

  /** Returns what closes a connection at once. Vert.x would wait until the client has read. */
  private ChannelHandlerContext channel() {
    return ((ConnectionBase) request.request().connection()).channelHandlerContext();
  }
}
