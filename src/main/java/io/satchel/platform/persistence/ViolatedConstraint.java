package io.satchel.platform.persistence;

import static java.util.Objects.requireNonNullElse;

import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A constraint of the schema that a statement has violated.
 *
 * @param name the name of the constraint, or an empty string if it has none
 * @param sqlState the kind of constraint (PostgreSQL manual, appendix A, class 23)
 */
public record ViolatedConstraint(String name, String sqlState) {

  private static final String CLASS = "23";

  /** The name of a constraint of one shard of a distributed table (Citus). */
  private static final Pattern OF_SHARD = Pattern.compile("(\\w+)_\\d{6,}");

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
    ServerErrorMessage response = error.getServerErrorMessage();
    if (response == null) {
      return new ViolatedConstraint("", error.getSQLState());
    }
    // From another server, only the message arrives. It names the constraint after the table.
    String text = requireNonNullElse(response.getConstraint(), response.getMessage());
    String name =
        OF_SHARD
            .matcher(text)
            .results()
            .map(shard -> shard.group(1))
            .reduce(requireNonNullElse(response.getConstraint(), ""), (first, last) -> last);
    return new ViolatedConstraint(name, error.getSQLState());
  }
}
