package io.satchel.platform.concurrency;

import io.quarkus.runtime.StartupEvent;
import io.satchel.platform.logging.LogListener;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import java.util.function.IntConsumer;
import java.util.logging.LogRecord;
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
    LogListener.add("", entry -> endIfOutOfMemory(entry, Runtime.getRuntime()::halt));
  }

  static void endIfOutOfMemory(LogRecord entry, IntConsumer exit) {
    boolean isOutOfMemory =
        Stream.iterate(entry.getThrown(), cause -> cause != null, Throwable::getCause)
            .anyMatch(OutOfMemoryError.class::isInstance);
    if (isOutOfMemory) {
      exit.accept(EXIT_CODE);
    }
  }
}
