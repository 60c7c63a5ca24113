package io.satchel.platform.concurrency;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import java.util.function.IntConsumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Ends the process as soon as an {@code OutOfMemoryError} is logged, because nobody knows which
 * threads have ended. The option of the JVM does not notice errors that Java code throws, such as
 * Netty's.
 */
class ExitOnOutOfMemory {

  /** The exit code of {@code -XX:+ExitOnOutOfMemoryError}. */
  private static final int EXIT_CODE = 3;

  void register(@Observes @Priority(1) StartupEvent start) {
    Logger.getLogger("").addHandler(new ExitHandler(Runtime.getRuntime()::halt));
  }

  static final class ExitHandler extends Handler {

    private final IntConsumer exit;

    ExitHandler(IntConsumer exit) {
      this.exit = exit;
    }

    @Override
    public void publish(LogRecord entry) {
      boolean isOutOfMemory =
          Stream.iterate(entry.getThrown(), cause -> cause != null, Throwable::getCause)
              .anyMatch(OutOfMemoryError.class::isInstance);
      if (isOutOfMemory) {
        exit.accept(EXIT_CODE);
      }
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
}
