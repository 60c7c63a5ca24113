package io.satchel;

import io.quarkus.logging.LoggingFilter;
import io.quarkus.runtime.shutdown.ShutdownRecorder;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * A start that fails says why, once. What it says besides is that it cannot be shut down
 * gracefully, with a stack trace, since there is nothing to shut down yet.
 */
@LoggingFilter(name = "failed-start")
final class FailedStartFilter implements Filter {

  @Override
  public boolean isLoggable(LogRecord record) {
    return !(record.getThrown() instanceof IllegalStateException thrown
        && "No CDI container is available".equals(thrown.getMessage())
        && ShutdownRecorder.class.getName().equals(record.getLoggerName()));
  }
}
