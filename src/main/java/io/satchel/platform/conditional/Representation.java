package io.satchel.platform.conditional;

import java.time.Instant;

/** The representation of one resource (RFC 9110, section 3.2): the body of a response. */
public interface Representation {

  /** Returns when the representation last changed. */
  Instant lastModified();

  /**
   * Returns whether every change also changes {@link #lastModified}. If not, a client cannot use
   * If-Modified-Since.
   */
  default boolean supportsIfModifiedSince() {
    return true;
  }
}
