package io.satchel.platform.clients;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.satchel.platform.problems.ProblemException;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
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
  private static final int BYTES_PER_ROW = 48 * 1024;

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
    String network = ClientAddress.networkOf(request.request(), proxies);
    if (budget.isExceededBy(network)) { // By responses to requests without a token.
      ProblemException tooMany = ProblemException.tooManyRequests(Duration.ofSeconds(1));
      request.fail(tooMany.status(), tooMany);
      return;
    }
    if (request.get(NETWORK) == null) { // It is not a reroute.
      request.put(NETWORK, network);
      request.addBodyEndHandler(end ->
          countBody(request, Objects.requireNonNullElse(RequestCaller.of(request), network)));
    }
    request.next();
  }

  /** Counts the bytes of a response that is not streamed, until the client has received them. */
  private void countBody(RoutingContext request, String caller) {
    long bytes = request.response().bytesWritten();
    if (bytes <= SMALL_BYTES || request.response().isChunked()) {
      return;
    }
    budget.add(caller, bytes);
    // Netty completes an empty write when all before it have been sent.
    ChannelFuture _ =
        ((ConnectionBase) request.request().connection())
            .channelHandlerContext()
            .writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener(sent -> budget.remove(caller, bytes));
  }

  /**
   * Waits for memory for rows, at most a second, and takes it until the current request has been
   * processed, or the rows are returned.
   *
   * @throws ProblemException 429 if the same caller has taken too much, or else 503
   */
  public void takeRows(int rows) {
    if (CurrentRequestManager.get() == null) {
      return;
    }
    Taken taken = taken();
    long bytes = (long) rows * BYTES_PER_ROW;
    Optional<ProblemException> problem = budget.awaitAdd(taken.caller, bytes, taken.bytes);
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
