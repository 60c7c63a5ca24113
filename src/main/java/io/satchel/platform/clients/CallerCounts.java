package io.satchel.platform.clients;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many of something each caller has at the same time. */
public final class CallerCounts {

  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  /** Adds one, and returns how many the caller has now. */
  public int add(String caller) {
    return counts.merge(caller, 1, Integer::sum);
  }

  /** Removes one that was added. */
  public void remove(String caller) {
    counts.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
  }
}
