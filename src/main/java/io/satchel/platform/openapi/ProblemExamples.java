package io.satchel.platform.openapi;

import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Examples of problems for the description. */
final class ProblemExamples {

  private ProblemExamples() {}

  static Map<String, Object> of(ProblemType type) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", type.uri().toString());
    problem.put("title", type.title);
    problem.put("status", type.status);
    problem.put("detail", type.explanation);
    problem.put("instance", "/users/7");
    switch (type) {
      case NOT_FOUND -> problem.put("detail", "User not found");
      case TAKEN -> {
        problem.put("detail", "Email already registered");
        problem.put("errors", errors("/email", "Email already registered"));
      }
      case WRONG_PASSWORD -> problem.put("errors", errors("/current_password", "is wrong"));
      case INVALID_EMAIL_TOKEN -> problem.put("errors", errors("/token", "is not valid"));
      case INVALID_INPUT -> {
        problem.put("detail", ProblemException.INVALID_VALUES);
        problem.put("errors", errors("/email", "must not be null"));
      }
      case INTERNAL_ERROR -> problem.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
      default -> {}
    }
    return problem;
  }

  private static List<Map<String, Object>> errors(String pointer, String detail) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("pointer", pointer);
    error.put("detail", detail);
    return List.of(error);
  }
}
