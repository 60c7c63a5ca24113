package io.satchel.platform.replica;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import io.satchel.platform.persistence.DatabaseUnavailability;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** Decides whether a list is read from the replica, and reads it there. */
@Singleton
@Unremovable // ListStatement looks it up.
public class ReplicaReads {

  private static final String HAS_REPLAYED =
      "select pg_is_in_recovery() and pg_last_wal_replay_lsn() >= cast(:position as pg_lsn)";

  @Inject Replica replica;
  @Inject MeterRegistry metrics;
  @Inject SessionFactory hibernate;
  @Inject RoutingContext request;

  /**
   * Reads from the replica in a transaction.
   *
   * @return the result, or nothing if the primary must be asked: without a replica, if the client
   *     requires the newest list with {@code Cache-Control: no-cache} (RFC 9111, section 5.2.1.4),
   *     or if the replica is too far behind, away, or cancels the query because of recovery
   */
  public <R> Optional<R> read(Function<StatelessSession, R> query) {
    if (replica.source.isEmpty() || isNewestRequired()) {
      return askPrimary("none");
    }
    Optional<String> position = replica.requiredPosition();
    return position.isEmpty()
        ? askPrimary("unavailable")
        : read(replica.source.get(), position.get(), query);
  }

  /**
   * Returns nothing after any failure: if the query itself is wrong, the primary reports it. A
   * query that took too long would not be faster there.
   */
  private <R> Optional<R> read(
      AgroalDataSource source, String position, Function<StatelessSession, R> query) {
    try (Connection connection = source.getConnection();
        StatelessSession session = hibernate.openStatelessSession(connection)) {
      connection.setAutoCommit(false); // A pooler keeps the server for the transaction.
      if (!hasReplayed(position, session)) {
        return askPrimary("behind");
      }
      R result = query.apply(session);
      connection.commit();
      count("replica", "none");
      return Optional.of(result);
    } catch (SQLException | RuntimeException e) {
      if (e instanceof RuntimeException failure && DatabaseUnavailability.isTimeout(e)) {
        throw failure;
      }
      replica.suspendAfter(e);
      return askPrimary("failed");
    }
  }

  private <R> Optional<R> askPrimary(String fallback) {
    count("primary", fallback);
    return Optional.empty();
  }

  private void count(String server, String fallback) {
    Counter.builder("satchel.list.statements")
        .description("Statements of lists by their server, and why it is not the replica")
        .tags("server", server, "fallback", fallback)
        .register(metrics)
        .increment();
  }

  private static boolean hasReplayed(String position, StatelessSession session) {
    return session
        .createNativeQuery(HAS_REPLAYED, Boolean.class)
        .setParameter("position", position)
        .getSingleResult();
  }

  private boolean isNewestRequired() {
    return request.request().headers().getAll(HttpHeaders.CACHE_CONTROL).stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .anyMatch(directive -> directive.strip().equalsIgnoreCase("no-cache"));
  }
}
