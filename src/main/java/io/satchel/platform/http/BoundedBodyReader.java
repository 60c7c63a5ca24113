package io.satchel.platform.http;

import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads one request body without blocking a thread. The limit is 64 KiB, or 4 MiB for a large body.
 * All large bodies together use at most a sixteenth of the heap. Vert.x's own body handler is not
 * used, because it also parses forms.
 */
final class BoundedBodyReader {

  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_LARGE_BYTES = 4 * 1024 * 1024;

  /** The bytes of large bodies in memory. */
  private static final AtomicLong LARGE_BODY_BYTES = new AtomicLong();

  private static final long MAX_TOTAL_LARGE_BODY_BYTES =
      Math.max(Runtime.getRuntime().maxMemory() / 16, MAX_LARGE_BYTES);

  /** How much of a rejected body is read, because most clients read a response after sending. */
  private static final int MAX_DISCARDED_BYTES = 4 * 1024 * 1024;

  private final RoutingContext context;
  private final int maxBytes;
  private final ProblemException tooLarge;

  private final Buffer body = Buffer.buffer();
  private long received;
  private long countedBytes;
  private boolean isRejected;

  private BoundedBodyReader(RoutingContext context, int maxBytes, ProblemException tooLarge) {
    this.context = context;
    this.maxBytes = maxBytes;
    this.tooLarge = tooLarge;
  }

  /** Reads a body of up to 64 KiB, then continues or fails the request. */
  static void read(RoutingContext context) {
    read(context, new ProblemException(ProblemType.CONTENT_TOO_LARGE));
  }

  /** Reads a body of up to 64 KiB, with another problem if it is larger. */
  static void read(RoutingContext context, ProblemException tooLarge) {
    new BoundedBodyReader(context, MAX_BYTES, tooLarge).read();
  }

  /** Reads a body of up to 4 MiB. */
  static void readLarge(RoutingContext context) {
    new BoundedBodyReader(
            context, MAX_LARGE_BYTES, new ProblemException(ProblemType.CONTENT_TOO_LARGE))
        .read();
  }

  private void read() {
    HttpServerRequest request = context.request();
    if (request.isEnded()) {
      complete();
      return;
    }
    request.handler(this::receive).endHandler(end -> complete()).exceptionHandler(this::fail);
    if (contentLength() > maxBytes) {
      reject(tooLarge);
    } else if (expectsContinue()) {
      context.response().writeContinue();
    }
    request.resume();
  }

  private long contentLength() {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  private boolean expectsContinue() {
    return "100-continue".equalsIgnoreCase(context.request().getHeader(HttpHeaders.EXPECT));
  }

  private void receive(Buffer bytes) {
    received += bytes.length();
    if (received > maxBytes + MAX_DISCARDED_BYTES) {
      context.request().connection().close();
    } else if (received > maxBytes) {
      reject(tooLarge);
    } else if (!isRejected) {
      append(bytes);
    }
  }

  private void append(Buffer bytes) {
    if (received > MAX_BYTES) {
      if (context.response().closed()) { // The end handler would not be called any more.
        isRejected = true;
        return;
      }
      if (countedBytes == 0) {
        context.addEndHandler(end -> LARGE_BODY_BYTES.addAndGet(-countedBytes));
      }
      countedBytes += bytes.length();
      if (LARGE_BODY_BYTES.addAndGet(bytes.length()) > MAX_TOTAL_LARGE_BODY_BYTES) {
        reject(ProblemException.unavailable());
        return;
      }
    }
    body.appendBuffer(bytes);
  }

  /** Also sets an empty body: Quarkus REST would wait for one otherwise. */
  private void complete() {
    if (!isRejected) {
      ((RoutingContextInternal) context).setBody(body);
      context.next();
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
    if (expectsContinue()) { // The client may or may not send the body (RFC 9110, section 10.1.1).
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    ProblemFailureHandler.fail(context, problem);
  }
}
