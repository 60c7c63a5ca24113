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
    return ViolatedConstraint.findIn(e).map(this::problem);
  }

  private ProblemException problem(ViolatedConstraint violated) {
    return problems.stream()
        .filter(problem -> problem.constraint().equals(violated.name()))
        .map(problem -> problem.problem().get())
        .findFirst()
        .orElseGet(() -> unknown(violated));
  }

  /** A check of the input should have prevented it. The client can do something about it anyway. */
  private static ProblemException unknown(ViolatedConstraint violated) {
    LOG.warnf("A request violated the constraint %s", violated.name());
    return new ProblemException(
        switch (violated.sqlState()) {
          case "23503" -> ProblemType.NOT_FOUND; // foreign_key_violation
          case "23505" -> ProblemType.TAKEN; // unique_violation
          default -> ProblemType.INVALID_INPUT;
        });
  }
}
