package io.satchel.platform.logging;

import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Calls a listener for each record of a log category. */
public final class LogListener extends Handler {

  private final Consumer<LogRecord> listener;

  private LogListener(Consumer<LogRecord> listener) {
    this.listener = listener;
  }

  /** Lets the listener know of each entry of a category, or of the whole log if it is empty. */
  public static void add(String category, Consumer<LogRecord> listener) {
    Logger.getLogger(category).addHandler(new LogListener(listener));
  }

  @Override
  public void publish(LogRecord entry) {
    listener.accept(entry);
  }

  @Override
  public void flush() {
    // Nothing is buffered.
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
