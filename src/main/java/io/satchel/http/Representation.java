package io.satchel.http;

import java.time.Instant;

/** What a client sees of one resource. */
public interface Representation {

  /** When it changed last. */
  Instant lastModified();

  /**
   * Whether there is no change without a date, so that a client may go by {@link #lastModified}.
   */
  default boolean datesAllChanges() {
    return true;
  }
}
