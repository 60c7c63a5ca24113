package io.satchel.items;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Notices that a client does not read. A write waits until it does. */
final class WatchedOutput extends FilterOutputStream {

  private static final int MIN_BYTES = 4 * 1024;

  private final AtomicLong written = new AtomicLong();
  private volatile boolean isWriting;
  private long seen;

  WatchedOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    isWriting = true;
    out.write(bytes, offset, length);
    written.addAndGet(length);
    isWriting = false;
  }

  /** Returns whether a write waits, and little was written since the last call. */
  boolean isStalled() {
    long progress = written.get() - seen;
    seen += progress;
    return isWriting && progress < MIN_BYTES;
  }
}
