package io.satchel.platform.http;

import io.quarkus.arc.All;
import io.satchel.platform.persistence.ViolatedConstraint;
import io.satchel.platform.problems.ConstraintProblem;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Converts a violated constraint into a problem, whichever statement has violated it. */
@Singleton
class ConstraintProblems {

  private static final Logger LOG = Logger.getLogger(ConstraintProblems.class);

  @Inject @All List<ConstraintProblem> problems;

  Optional<ProblemException> findIn(Throwable e) {
    return ViolatedConstraint.findIn(e).map(violated -> problem(violated, e));
  }

  private ProblemException problem(ViolatedConstraint violated, Throwable e) {
    return problems.stream()
        .filter(problem -> problem.constraint().equals(violated.name()))
        .map(problem -> problem.problem().get())
        .findFirst()
        .orElseGet(() -> unknown(violated, e));
  }

  /** A check of the input should have prevented it. The client can do something about it anyway. */
  private static ProblemException unknown(ViolatedConstraint violated, Throwable e) {
    LOG.warnf(e, "A request violated the constraint %s", violated.name());
    return switch (violated.sqlState()) {
      case "23503" -> new ProblemException(ProblemType.NOT_FOUND); // foreign_key_violation
      case "23505" -> ProblemException.taken("", "is already in use"); // unique_violation
      default -> ProblemException.invalidInput("", "violates a rule of the database");
    };
  }
}
