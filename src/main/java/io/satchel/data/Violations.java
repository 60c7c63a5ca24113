package io.satchel.data;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.hibernate.exception.ConstraintViolationException;
import org.postgresql.util.PSQLException;

/** Tells which rule of the schema a statement broke. */
public final class Violations {

  private Violations() {}

  /**
   * The name of the constraint that was violated, or the empty string. It comes from the error's
   * own field: the message, which Hibernate reads it from, is in the language of the server.
   */
  public static String constraintOf(ConstraintViolationException e) {
    SQLException cause =
        e.getSQLException() instanceof BatchUpdateException batch
            ? batch.getNextException()
            : e.getSQLException();
    if (cause instanceof PSQLException sql
        && sql.getServerErrorMessage() != null
        && sql.getServerErrorMessage().getConstraint() != null) {
      return sql.getServerErrorMessage().getConstraint();
    }
    return "";
  }
}
