package io.satchel.platform.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

@Execution(CONCURRENT)
class ExitOnOutOfMemoryTest {

  @Test
  void a_process_without_memory_ends() {
    assertEquals(List.of(3), exitsAfter(new OutOfMemoryError("direct buffer memory")));
    assertEquals(List.of(3), exitsAfter(new CompletionException(new OutOfMemoryError())));
    assertEquals(List.of(), exitsAfter(new IllegalStateException()));
    assertEquals(List.of(), exitsAfter(null));
  }

  private static List<Integer> exitsAfter(Throwable thrown) {
    List<Integer> exits = new ArrayList<>();
    LogRecord entry = new LogRecord(Level.WARNING, "failed");
    entry.setThrown(thrown);
    ExitOnOutOfMemory.endIfOutOfMemory(entry, exits::add);
    return exits;
  }
}
