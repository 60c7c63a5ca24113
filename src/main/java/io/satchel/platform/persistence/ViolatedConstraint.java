package io.satchel.platform.persistence;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.hibernate.exception.ConstraintViolationException;
import org.postgresql.util.PSQLException;

/** Finds the name of a violated constraint, so that it can be translated into a response. */
public final class ViolatedConstraint {

  private ViolatedConstraint() {}

  /**
   * Returns the name of the violated constraint, or an empty string if it is unknown. The name
   * comes from the field of PostgreSQL's error response: Hibernate would parse the message, whose
   * language depends on the server.
   */
  public static String nameOf(ConstraintViolationException e) {
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
