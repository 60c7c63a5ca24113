package io.satchel.platform.problems;

import java.util.function.Supplier;

/** What a client did wrong whose request violates a constraint of the database. */
public record ConstraintProblem(String constraint, Supplier<ProblemException> problem) {}
