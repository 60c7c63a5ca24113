package io.satchel.platform.http;

import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads one request body. What is beyond the first 64 KiB of all bodies uses at most a sixteenth of
 * the heap.
 */
final class BodyReader {

  /** The limit of an ordinary body, and what is always granted to one. */
  static final int SMALL_BYTES = 64 * 1024;

  /** How much of a rejected body is read, because most clients read a response after sending. */
  private static final int MAX_DISCARDED_BYTES = 4 * 1024 * 1024;

  /** The bytes of large bodies in memory. */
  private static final AtomicLong LARGE_BODY_BYTES = new AtomicLong();

  private final HttpServerRequest request;
  private Buffer body = Buffer.buffer();
  private int maxBytes;
  private ProblemException tooLarge;
  private UniEmitter<? super Buffer> result;
  private long received;
  private long countedBytes;
  private boolean isRejected;

  BodyReader(HttpServerRequest request) {
    this.request = request;
  }

  /**
   * Returns the body, or fails with the given problem if it is larger than the limit, 503 if there
   * is no memory for it, or 400 if it is incomplete. Call {@link #release} when it is no longer
   * needed.
   */
  Uni<Buffer> read(int limit, ProblemException ifLarger) {
    maxBytes = limit;
    tooLarge = ifLarger;
    return Uni.createFrom().<Buffer>emitter(this::start);
  }

  private void start(UniEmitter<? super Buffer> emitter) {
    result = emitter;
    if (request.response().closed()) { // No handler would be called.
      reject(new ProblemException(ProblemType.BAD_REQUEST));
      return;
    }
    if (request.isEnded()) {
      complete();
      return;
    }
    request.handler(this::receive).endHandler(end -> complete()).exceptionHandler(this::fail);
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > maxBytes) {
      reject(tooLarge);
    } else if (expectsContinue()) {
      request.response().writeContinue();
    }
    request.resume();
  }

  private boolean expectsContinue() {
    return "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
  }

  private void receive(Buffer bytes) {
    received += bytes.length();
    if (received > maxBytes + MAX_DISCARDED_BYTES) {
      request.connection().close();
    } else if (received > maxBytes) {
      reject(tooLarge);
    } else if (!isRejected) {
      append(bytes);
    }
  }

  private void append(Buffer bytes) {
    if (received > SMALL_BYTES) {
      countedBytes += bytes.length();
      long total = LARGE_BODY_BYTES.addAndGet(bytes.length());
      if (total > Math.max(Runtime.getRuntime().maxMemory() / 16, maxBytes)) {
        reject(ProblemException.unavailable());
        return;
      }
    }
    body.appendBuffer(bytes);
  }

  private void complete() {
    if (!isRejected) {
      result.complete(body);
    }
  }

  /** The client has disconnected, or the body is not valid HTTP. */
  private void fail(Throwable e) {
    reject(new ProblemException(ProblemType.BAD_REQUEST));
  }

  private void reject(ProblemException problem) {
    if (isRejected) {
      return;
    }
    isRejected = true;
    body = null; // The client may keep the connection open.
    // The client may or may not send the body (RFC 9110, section 10.1.1).
    if (expectsContinue()) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    result.fail(problem);
  }

  /** Ends the use of the body. */
  void release() {
    isRejected = true;
    LARGE_BODY_BYTES.addAndGet(-countedBytes);
    countedBytes = 0;
  }
}
