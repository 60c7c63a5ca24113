package io.satchel.platform.clients;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.platform.problems.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

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
  public static final int SMALL_BYTES = 4 * 1024;

  /** What a request has taken for rows. */
  private static final String TAKEN = "takenRows";

  private final MemoryBudget budget;
  private final RequestCaller callers;
  private final RoutingContext current;

  @Inject
  ResponseMemory(
      ClientLimits limits, RequestCaller callers, RoutingContext current, MeterRegistry metrics) {
    long max = Runtime.getRuntime().maxMemory() / 100 * limits.responseMemory();
    this.budget = new MemoryBudget("satchel.response.memory", max, max / 4, metrics);
    this.callers = callers;
    this.current = current;
  }

  /** Returns whether the responses that wait for the caller, or for all, take too much. */
  public boolean isExceeded(RoutingContext request) {
    return budget.isExceeded() || isExceededBy(callers.of(request));
  }

  /** Returns whether the responses that wait for a caller take too much. */
  public boolean isExceededBy(String caller) {
    return budget.isExceededBy(caller);
  }

  /** Counts a response that is in memory. Run the result when the client has received it. */
  public Runnable addResponse(String caller, long bytes) {
    long weighted = bytes * WEIGHT_OUTSIDE_HEAP;
    budget.add(caller, weighted);
    return () -> budget.remove(caller, weighted);
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
    ResteasyReactiveRequestContext request = CurrentRequestManager.get();
    if (request.getProperty(TAKEN) instanceof Taken taken) {
      return taken;
    }
    Taken none = new Taken(callers.of(current));
    request.setProperty(TAKEN, none);
    request.registerCompletionCallback(processed -> budget.remove(none.caller, none.bytes));
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
