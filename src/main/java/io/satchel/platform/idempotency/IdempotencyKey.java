package io.satchel.platform.idempotency;

import io.satchel.platform.problems.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Idempotency-Key header of a request. */
final class IdempotencyKey {

  private static final String HEADER = "Idempotency-Key";

  /** A string (RFC 9651, section 3.3.3), or the same without quotes, which most clients send. */
  private static final Pattern FORMAT =
      Pattern.compile("\"([ !#-\\[\\]-~]{1,255})\"|([!#-\\[\\]-~]{1,255})");

  private IdempotencyKey() {}

  /**
   * Returns the key of a request, if it has one.
   *
   * @throws ProblemException 422 if the header is not valid
   */
  static Optional<String> of(HttpServerRequest request) {
    List<String> keys = request.headers().getAll(HEADER);
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    Matcher key = FORMAT.matcher(keys.getFirst());
    if (keys.size() > 1 || !key.matches()) {
      throw ProblemException.invalidInput(
          "/" + HEADER, "must be 1 to 255 visible ASCII characters");
    }
    return Optional.of(key.group(1) == null ? key.group(2) : key.group(1));
  }
}
