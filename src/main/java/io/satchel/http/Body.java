package io.satchel.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

/**
 * The body of a request while it is read, of at most 64 KiB. Vert.x's own handler of bodies would
 * take forms apart, which is not asked of it and fails in ways of its own.
 */
final class Body {

  private static final int MAX_BYTES = 64 * 1024;

  /** How much more is taken off the line, since a client that still sends does not read yet. */
  private static final int MAX_DRAINED_BYTES = 64 * MAX_BYTES;

  private final RoutingContext context;
  private final Buffer body = Buffer.buffer();
  private long received;
  private boolean refused;

  private Body(RoutingContext context) {
    this.context = context;
  }

  /** Reads the body, and then goes on with the request, or fails it. */
  static void read(RoutingContext context) {
    new Body(context).read();
  }

  private void read() {
    HttpServerRequest request = context.request();
    if (request.isEnded()) {
      complete();
      return;
    }
    request.handler(this::take).endHandler(end -> complete()).exceptionHandler(this::fail);
    if (announcedLength() > MAX_BYTES) {
      refuse(413);
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
    if (received > MAX_DRAINED_BYTES) {
      context.request().connection().close();
    } else if (received > MAX_BYTES) {
      refuse(413);
    } else {
      body.appendBuffer(bytes);
    }
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
    refuse(400);
  }

  private void refuse(int status) {
    if (refused) {
      return;
    }
    refused = true;
    if (isContinueExpected()) { // and so it may or may not come (RFC 9110, section 10.1.1)
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    context.fail(status);
  }
}
