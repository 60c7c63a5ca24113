package io.satchel.http;

import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells what the database could not do just now from a fault in what was asked of it. */
final class Outage {

  private Outage() {}

  /** What the database could not do, if that is what went wrong. */
  static Optional<SQLException> in(Throwable e) {
    return causes(e)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .filter(cause -> isOutage(cause.getSQLState()))
        .findFirst();
  }

  /** All that led to it; what spoils a commit, the transaction manager holds as suppressed. */
  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
        .flatMap(cause ->
            Stream.concat(
                Stream.of(cause), Stream.of(cause.getSuppressed()).flatMap(Outage::causes)));
  }

  /**
   * PostgreSQL's error codes (its manual, appendix A) of connection exceptions, rollbacks such as
   * that of a deadlock, insufficient resources and operator intervention; the pool, which has no
   * connection in time, gives none.
   */
  private static boolean isOutage(String state) {
    return state == null
        || state.startsWith("08")
        || state.startsWith("40")
        || state.startsWith("53")
        || state.startsWith("57");
  }
}
