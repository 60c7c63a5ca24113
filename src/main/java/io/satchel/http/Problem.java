package io.satchel.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What went wrong with a request, as the client is told (RFC 9457). Thrown, it ends the request and
 * rolls its transaction back.
 */
public final class Problem extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  /** What a request lacks whose token is not good (RFC 6750, section 3.1). */
  public static final String INVALID_TOKEN = "Bearer error=\"invalid_token\"";

  static final String INVALID_VALUES = "The request has invalid values";

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration OUTAGE = Duration.ofSeconds(5);

  private final ProblemType type;
  private final transient List<Fault> errors;
  private final transient Map<String, String> headers;

  /** A problem with one sentence for a person about this occurrence of it. */
  Problem(ProblemType type, String detail) {
    this(type, detail, null);
  }

  /** A problem of which there is no more to say than its type says. */
  Problem(ProblemType type) {
    this(type, type.explanation);
  }

  private Problem(ProblemType type, String detail, List<Fault> errors) {
    this(type, detail, errors, Map.of());
  }

  private Problem(
      ProblemType type, String detail, List<Fault> errors, Map<String, String> headers) {
    super(detail, null, false, false); // an answer and no fault of the program: no stack trace
    this.type = type;
    this.errors = errors;
    this.headers = headers;
  }

  /**
   * The request needs a token that is valid.
   *
   * @param challenge what it lacks, for the client (RFC 6750, section 3)
   */
  public static Problem unauthorized(String challenge) {
    ProblemType type = ProblemType.UNAUTHORIZED;
    return new Problem(
        type, type.explanation, null, Map.of(HttpHeaders.WWW_AUTHENTICATE, challenge));
  }

  /** The caller may see it, and not do that to it. */
  public static Problem forbidden() {
    return new Problem(ProblemType.FORBIDDEN);
  }

  /** There is no such thing, or none that the caller may see. */
  public static Problem notFound(String detail) {
    return new Problem(ProblemType.NOT_FOUND, detail);
  }

  /** A value that has to be unique is not. The pointer says which. */
  public static Problem taken(String pointer, String detail) {
    return new Problem(ProblemType.TAKEN, detail, List.of(new Fault(pointer, detail)));
  }

  /** A password that was sent to prove who calls is wrong. The pointer says which. */
  public static Problem wrongPassword(String pointer) {
    ProblemType type = ProblemType.WRONG_PASSWORD;
    return new Problem(type, type.explanation, List.of(new Fault(pointer, "is wrong")));
  }

  /** One value is not valid, for a reason that only the service knows. */
  public static Problem invalidInput(String pointer, String detail) {
    return invalidInput(List.of(new Fault(pointer, detail)));
  }

  /** The same request, by its key, is not done yet. */
  public static Problem inProgress() {
    return retryLater(ProblemType.IN_PROGRESS, SOON);
  }

  /** The key of the request was that of another. */
  public static Problem keyReused() {
    return new Problem(ProblemType.KEY_REUSED);
  }

  /** It was tried too often, and can be tried again after that time. */
  public static Problem tooManyRequests(Duration wait) {
    return retryLater(ProblemType.TOO_MANY_REQUESTS, wait);
  }

  /** There is no room for the request just now, and there will be. */
  public static Problem unavailable() {
    return retryLater(ProblemType.UNAVAILABLE, OUTAGE);
  }

  private static Problem retryLater(ProblemType type, Duration wait) {
    return new Problem(
        type, type.explanation, null, Map.of(HttpHeaders.RETRY_AFTER, seconds(wait)));
  }

  /** That time in whole seconds, as headers have it: none of it is left out. */
  public static String seconds(Duration wait) {
    return Long.toString(wait.plusMillis(999).toSeconds());
  }

  static Problem invalidInput(List<Fault> errors) {
    return new Problem(ProblemType.INVALID_INPUT, INVALID_VALUES, errors);
  }

  int status() {
    return type.status;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** The problem as it is sent to who asked for that path. */
  ProblemBody at(String path) {
    return new ProblemBody(type, getMessage(), path, errors, null);
  }

  /** The answer to who asked for that path. */
  Response toResponse(String path) {
    Response.ResponseBuilder response = at(path).toResponse();
    headers.forEach(response::header);
    return response.build();
  }
}
