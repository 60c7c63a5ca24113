package io.satchel.platform.persistence;

import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;

/** Distinguishes an unavailable database from an error in a statement. */
public final class DatabaseUnavailability {

  private DatabaseUnavailability() {}

  /** Returns the cause that shows that the database is unavailable, if there is one. */
  public static Optional<SQLException> findIn(Throwable e) {
    return causes(e)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .filter(cause -> isUnavailability(cause.getSQLState()))
        .findFirst();
  }

  /** Returns whether a statement was cancelled because it took too long. */
  public static boolean isTimeout(Throwable e) {
    return findIn(e).filter(cause -> "57014".equals(cause.getSQLState())).isPresent();
  }

  /**
   * Returns all causes. The transaction manager adds the cause of a failed commit as suppressed.
   */
  static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
        .flatMap(cause ->
            Stream.concat(
                Stream.of(cause),
                Stream.of(cause.getSuppressed()).flatMap(DatabaseUnavailability::causes)));
  }

  /**
   * Returns whether an SQLSTATE (PostgreSQL manual, appendix A) means that a retry can succeed:
   * connection exceptions (08), rollbacks such as a deadlock (40), insufficient resources (53) and
   * operator intervention (57). The connection pool gives no SQLSTATE when it times out.
   */
  private static boolean isUnavailability(String sqlState) {
    return sqlState == null
        || sqlState.startsWith("08")
        || sqlState.startsWith("40")
        || sqlState.startsWith("53")
        || sqlState.startsWith("57");
  }
}
