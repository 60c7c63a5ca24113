package io.satchel.platform.persistence;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;

/** A task that is repeated every few seconds. */
public final class BackgroundTask {

  /** A trace that is not sampled, so that nothing in it is. */
  private static final Context UNSAMPLED =
      Context.root()
          .with(
              Span.wrap(
                  SpanContext.create(
                      "00000000000000000000000000000001",
                      "0000000000000001",
                      TraceFlags.getDefault(),
                      TraceState.getDefault())));

  private BackgroundTask() {}

  /**
   * Runs the task. It leaves no traces, and may fail because the database is unavailable, which
   * requests report.
   */
  public static void run(Runnable task) {
    try {
      UNSAMPLED.wrap(task).run();
    } catch (RuntimeException e) {
      if (DatabaseUnavailability.findIn(e).isEmpty()) {
        throw e;
      }
    }
  }
}
