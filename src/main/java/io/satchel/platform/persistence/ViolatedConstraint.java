package io.satchel.platform.persistence;

import java.util.Objects;
import java.util.Optional;
import org.postgresql.util.PSQLException;

/**
 * A constraint of the schema that a statement has violated.
 *
 * @param name the name of the constraint, or an empty string if it has none
 * @param sqlState the kind of constraint (PostgreSQL manual, appendix A, class 23)
 */
public record ViolatedConstraint(String name, String sqlState) {

  private static final String CLASS = "23";

  /**
   * Returns the violated constraint that an exception reports, if it reports one. The name comes
   * from the field of PostgreSQL's error response: Hibernate would parse the message, whose
   * language depends on the server.
   */
  public static Optional<ViolatedConstraint> findIn(Throwable e) {
    return DatabaseUnavailability.causes(e)
        .filter(PSQLException.class::isInstance)
        .map(PSQLException.class::cast)
        .filter(error -> error.getSQLState() != null && error.getSQLState().startsWith(CLASS))
        .map(ViolatedConstraint::of)
        .findFirst();
  }

  private static ViolatedConstraint of(PSQLException error) {
    String name =
        error.getServerErrorMessage() == null
            ? null
            : error.getServerErrorMessage().getConstraint();
    return new ViolatedConstraint(Objects.requireNonNullElse(name, ""), error.getSQLState());
  }
}
