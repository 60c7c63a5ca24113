package io.satchel.platform.problems;

import java.util.function.Supplier;

/** The problem of a request that violates a constraint of the database. */
public record ConstraintProblem(String constraint, Supplier<ProblemException> problem) {}
