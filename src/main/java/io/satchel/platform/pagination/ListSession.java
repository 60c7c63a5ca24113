package io.satchel.platform.pagination;

import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.platform.replica.ReplicaReads;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** The database session of lists, which keeps no entities. */
public final class ListSession {

  private ListSession() {}

  /** Reads from the primary, and releases the connection. It joins a current transaction. */
  public static <R> R read(Function<StatelessSession, R> read) {
    try (StatelessSession session = bean(SessionFactory.class).openStatelessSession()) {
      return read.apply(session);
    }
  }

  /** Reads from the primary, in a transaction if the statements need one. */
  static <R> R read(Function<StatelessSession, R> read, boolean needsTransaction) {
    return needsTransaction
        ? QuarkusTransaction.joiningExisting().call(() -> read(read))
        : read(read);
  }

  /** Reads from the replica, or returns nothing if the primary must be asked. */
  static <R> Optional<R> readFromReplica(Function<StatelessSession, R> read) {
    return bean(ReplicaReads.class).read(read);
  }

  private static <T> T bean(Class<T> type) {
    return Arc.container().instance(type).get();
  }
}
