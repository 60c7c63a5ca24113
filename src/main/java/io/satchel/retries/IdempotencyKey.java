package io.satchel.retries;

import io.satchel.http.Problem;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The key that a client gave a request. */
final class IdempotencyKey {

  private static final String HEADER = "Idempotency-Key";

  /** A string of RFC 8941, section 3.3.3; or what is in it, as most clients send. */
  private static final Pattern FORM =
      Pattern.compile("\"([ !#-\\[\\]-~]{1,255})\"|([!#-\\[\\]-~]{1,255})");

  private IdempotencyKey() {}

  /**
   * The key of that request, if it has one.
   *
   * @throws Problem when it has what is none
   */
  static Optional<String> of(HttpServerRequest request) {
    List<String> keys = request.headers().getAll(HEADER);
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(keys.getFirst());
    if (keys.size() > 1 || !form.matches()) {
      throw Problem.invalidInput("/" + HEADER, "must be 1 to 255 visible characters of ASCII");
    }
    return Optional.of(form.group(1) == null ? form.group(2) : form.group(1));
  }
}
