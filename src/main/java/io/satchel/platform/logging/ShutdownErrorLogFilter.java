package io.satchel.platform.logging;

import io.quarkus.logging.LoggingFilter;
import io.quarkus.runtime.shutdown.ShutdownRecorder;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Removes a misleading stack trace from the log of a failed start: Quarkus logs that it cannot shut
 * down gracefully, although nothing has started yet. The reason of the failure is still logged.
 * Quarkus's own log filters do not apply to errors.
 */
@LoggingFilter(name = "shutdown-error")
final class ShutdownErrorLogFilter implements Filter {

  @Override
  public boolean isLoggable(LogRecord record) {
    return !(record.getThrown() instanceof IllegalStateException thrown
        && "No CDI container is available".equals(thrown.getMessage())
        && ShutdownRecorder.class.getName().equals(record.getLoggerName()));
  }
}
