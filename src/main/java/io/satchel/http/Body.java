package io.satchel.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The body of a request while it is read, of at most 64 KiB; or 4 MiB, where many things are sent
 * at once by a caller whose token is good. Those that are larger share a sixteenth of the memory.
 * Vert.x's own handler of bodies would take forms apart, which is not asked of it and fails in ways
 * of its own.
 */
final class Body {

  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_BYTES_OF_MANY = 4 * 1024 * 1024;

  /** How many bytes there are in large bodies, of requests that are not answered yet. */
  private static final AtomicLong LARGE = new AtomicLong();

  private static final long MAX_LARGE =
      Math.max(Runtime.getRuntime().maxMemory() / 16, MAX_BYTES_OF_MANY);

  /** How much more is taken off the line, since a client that still sends does not read yet. */
  private static final int MAX_DRAINED_BYTES = 4 * 1024 * 1024;

  private final RoutingContext context;
  private final int max;

  /** What is answered to who sends more. */
  private final Problem excess;

  private final Buffer body = Buffer.buffer();
  private long received;
  private long large;
  private boolean refused;

  private Body(RoutingContext context, int max, Problem excess) {
    this.context = context;
    this.max = max;
    this.excess = excess;
  }

  /** Reads the body, and then goes on with the request, or fails it. */
  static void read(RoutingContext context) {
    read(context, new Problem(ProblemType.CONTENT_TOO_LARGE));
  }

  /** The same, with another problem for who sends more. */
  static void read(RoutingContext context, Problem excess) {
    new Body(context, MAX_BYTES, excess).read();
  }

  /** The same, of a request that sends many things. */
  static void readMany(RoutingContext context) {
    new Body(context, MAX_BYTES_OF_MANY, new Problem(ProblemType.CONTENT_TOO_LARGE)).read();
  }

  private void read() {
    HttpServerRequest request = context.request();
    if (request.isEnded()) {
      complete();
      return;
    }
    request.handler(this::take).endHandler(end -> complete()).exceptionHandler(this::fail);
    if (announcedLength() > max) {
      refuse(excess);
    } else if (isContinueExpected()) {
      context.response().writeContinue();
    }
    request.resume();
  }

  private long announcedLength() {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  private boolean isContinueExpected() {
    return "100-continue".equalsIgnoreCase(context.request().getHeader(HttpHeaders.EXPECT));
  }

  private void take(Buffer bytes) {
    received += bytes.length();
    if (received > max + MAX_DRAINED_BYTES) {
      context.request().connection().close();
    } else if (received > max) {
      refuse(excess);
    } else if (!refused) {
      keep(bytes);
    }
  }

  private void keep(Buffer bytes) {
    if (received > MAX_BYTES) {
      if (context.response().closed()) { // and would not tell of its end any more
        refused = true;
        return;
      }
      if (large == 0) {
        context.addEndHandler(end -> LARGE.addAndGet(-large));
      }
      large += bytes.length();
      if (LARGE.addAndGet(bytes.length()) > MAX_LARGE) {
        refuse(Problem.unavailable());
        return;
      }
    }
    body.appendBuffer(bytes);
  }

  /** Also of a request without a body: Quarkus REST would wait for one. */
  private void complete() {
    if (!refused) {
      ((RoutingContextInternal) context).setBody(body);
      context.next();
    }
  }

  /** The client has gone, or what it sends is not HTTP. */
  private void fail(Throwable e) {
    refuse(new Problem(ProblemType.BAD_REQUEST));
  }

  private void refuse(Problem problem) {
    if (refused) {
      return;
    }
    refused = true;
    if (isContinueExpected()) { // and so it may or may not come (RFC 9110, section 10.1.1)
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    context.fail(problem.status(), problem);
  }
}
