package io.satchel.platform.problems;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An error response (RFC 9457). Throwing it ends the request and rolls back its transaction. It has
 * no stack trace, because it reports an error of the client and not of the program.
 */
public final class ProblemException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  private final ProblemType type;
  private final transient List<InputError> errors;
  private final transient Map<String, String> headers;

  /** Creates a problem whose detail is the explanation of its type. */
  public ProblemException(ProblemType type) {
    this(type, type.explanation);
  }

  /** Creates a problem with one sentence about this occurrence. */
  public ProblemException(ProblemType type, String detail) {
    this(type, detail, null, type.headers());
  }

  private ProblemException(
      ProblemType type, String detail, List<InputError> errors, Map<String, String> headers) {
    super(detail, null, false, false);
    this.type = type;
    this.errors = errors;
    this.headers = headers;
  }

  private static ProblemException withHeader(ProblemType type, String name, String value) {
    return new ProblemException(type, type.explanation, null, Map.of(name, value));
  }

  /** Returns a problem of one value. */
  public static ProblemException of(ProblemType type, String pointer, String detail) {
    return new ProblemException(
        type, type.explanation, List.of(new InputError(pointer, detail)), type.headers());
  }

  /** Returns a 401 response for a request whose token is not valid (RFC 6750, section 3.1). */
  public static ProblemException invalidToken() {
    return withHeader(
        ProblemType.UNAUTHORIZED, HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
  }

  /** Returns a 401 response: the log-in must be more recent (RFC 9470, section 3). */
  public static ProblemException recentLoginRequired(Duration maxAge) {
    return withHeader(
        ProblemType.INSUFFICIENT_USER_AUTHENTICATION,
        HttpHeaders.WWW_AUTHENTICATE,
        "Bearer error=\"insufficient_user_authentication\", max_age=\"%s\""
            .formatted(seconds(maxAge)));
  }

  /** Returns a 403 response: the caller may see the resource, but not change it. */
  public static ProblemException forbidden() {
    return new ProblemException(ProblemType.FORBIDDEN);
  }

  /** Returns a 404 response: the resource does not exist, or the caller may not see it. */
  public static ProblemException notFound(String detail) {
    return new ProblemException(ProblemType.NOT_FOUND, detail);
  }

  /** Returns a 400 response: the value at the pointer must be unique and is already in use. */
  public static ProblemException taken(String pointer, String detail) {
    return new ProblemException(
        ProblemType.TAKEN, detail, List.of(new InputError(pointer, detail)), Map.of());
  }

  /** Returns a 415 response: the body has an encoding (RFC 9110, section 15.5.16). */
  public static ProblemException unsupportedEncoding() {
    return new ProblemException(
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        "The body has an encoding. Send it without Content-Encoding.",
        null,
        Map.of(HttpHeaders.ACCEPT_ENCODING, "identity"));
  }

  /** Returns a 422 response for one invalid value. */
  public static ProblemException invalidInput(String pointer, String detail) {
    return invalidInput(List.of(new InputError(pointer, detail)));
  }

  /** Returns a 422 response that lists all invalid values. */
  public static ProblemException invalidInput(List<InputError> errors) {
    return new ProblemException(
        ProblemType.INVALID_INPUT, "The request has invalid values", errors, Map.of());
  }

  /** Returns a 429 response that tells the client how long to wait (Retry-After). */
  public static ProblemException tooManyRequests(Duration wait) {
    return withHeader(ProblemType.TOO_MANY_REQUESTS, HttpHeaders.RETRY_AFTER, seconds(wait));
  }

  /** Returns a 503 response: the service cannot process the request at the moment. */
  public static ProblemException unavailable() {
    return new ProblemException(ProblemType.UNAVAILABLE);
  }

  /** Returns a duration in whole seconds, rounded up, as header fields contain it. */
  public static String seconds(Duration duration) {
    return Long.toString(duration.plusMillis(999).toSeconds());
  }

  /** Returns the HTTP status. */
  public int status() {
    return type.status;
  }

  /** Returns the header fields that the response has because of this problem. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Returns the response body for a request to the given path. */
  public ProblemDetails details(String path) {
    return new ProblemDetails(type, getMessage(), path, errors, null);
  }

  /** Returns the response to a request to the given path. */
  public Response toResponse(String path) {
    Response.ResponseBuilder response = details(path).toResponse();
    headers.forEach(response::header);
    return response.build();
  }
}
