package io.satchel.http;

import java.io.Serial;
import java.util.List;

/**
 * What went wrong with a request, as the client is told (RFC 9457). Thrown, it ends the request and
 * rolls its transaction back.
 */
public final class Problem extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  static final String INVALID_VALUES = "The request has invalid values";

  private final ProblemType type;
  private final transient List<Fault> errors;

  /** A problem with one sentence for a person about this occurrence of it. */
  Problem(ProblemType type, String detail) {
    this(type, detail, null);
  }

  /** A problem of which there is no more to say than its type says. */
  Problem(ProblemType type) {
    this(type, type.explanation);
  }

  private Problem(ProblemType type, String detail, List<Fault> errors) {
    super(detail, null, false, false); // an answer and no fault of the program: no stack trace
    this.type = type;
    this.errors = errors;
  }

  /** There is no such thing, or none that the caller may see. */
  public static Problem notFound(String detail) {
    return new Problem(ProblemType.NOT_FOUND, detail);
  }

  /** A value that has to be unique is not. The pointer says which. */
  public static Problem taken(String pointer, String detail) {
    return new Problem(ProblemType.TAKEN, detail, List.of(new Fault(pointer, detail)));
  }

  /** There is no room for the request just now, and there will be. */
  public static Problem unavailable() {
    return new Problem(ProblemType.UNAVAILABLE);
  }

  static Problem invalidInput(List<Fault> errors) {
    return new Problem(ProblemType.INVALID_INPUT, INVALID_VALUES, errors);
  }

  /** The problem as it is sent to who asked for that path. */
  ProblemBody at(String path) {
    return new ProblemBody(type, getMessage(), path, errors, null);
  }
}
