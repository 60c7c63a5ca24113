package io.satchel.platform.http;

import io.satchel.platform.clients.MemoryBudget;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;

/** Reads one request body, which must arrive within a time and fit into the memory for bodies. */
final class BodyReader {

  /** The limit of an ordinary body. */
  static final int SMALL_BYTES = 64 * 1024;

  /** How much of a rejected body is read, because most clients read a response after sending. */
  private static final int MAX_DISCARDED_BYTES = 4 * 1024 * 1024;

  private final HttpServerRequest request;
  private final String client;
  private final MemoryBudget memory;
  private Buffer body = Buffer.buffer();
  private int maxBytes;
  private ProblemException tooLarge;
  private UniEmitter<? super Buffer> result;
  private long received;
  private long countedBytes;

  /** Whether the body is complete, rejected or no longer needed. */
  private boolean isEnded;

  BodyReader(HttpServerRequest request, String client, MemoryBudget memory) {
    this.request = request;
    this.client = client;
    this.memory = memory;
  }

  /** Rejects the body if it has not arrived by now. The connection ends with the response. */
  void expire() {
    if (!isEnded && result != null) {
      closeAfterResponse();
      reject(new ProblemException(ProblemType.REQUEST_TIMEOUT));
    }
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
    } else if (!isEnded) {
      append(bytes);
    }
  }

  private void append(Buffer bytes) {
    Optional<ProblemException> excess = memory.tryAdd(client, bytes.length(), countedBytes);
    if (excess.isPresent()) {
      reject(excess.get());
      return;
    }
    countedBytes += bytes.length();
    body.appendBuffer(bytes);
  }

  private void complete() {
    if (!isEnded) {
      isEnded = true;
      Buffer complete = body;
      body = null; // It is copied.
      result.complete(complete);
    }
  }

  /** The client has disconnected, or the body is not valid HTTP. */
  private void fail(Throwable e) {
    reject(new ProblemException(ProblemType.BAD_REQUEST));
  }

  private void reject(ProblemException problem) {
    if (isEnded) {
      return;
    }
    body = null; // The client may keep the connection open.
    release();
    // The client may or may not send the body (RFC 9110, section 10.1.1).
    if (expectsContinue()) {
      closeAfterResponse();
    }
    result.fail(problem);
  }

  /** HTTP/2 has no such header (RFC 9113, section 8.2.2). */
  private void closeAfterResponse() {
    if (request.version() != HttpVersion.HTTP_2) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  /** Ends the use of the body. */
  void release() {
    isEnded = true;
    memory.remove(client, countedBytes);
    countedBytes = 0;
  }
}
