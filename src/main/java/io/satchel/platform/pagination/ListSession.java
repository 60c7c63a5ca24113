package io.satchel.platform.pagination;

import io.quarkus.arc.Arc;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** The database session of lists, which keeps no entities. It joins a current transaction. */
public final class ListSession {

  private ListSession() {}

  /** Reads from the database, and releases the connection. */
  public static <R> R read(Function<StatelessSession, R> read) {
    SessionFactory factory = Arc.container().instance(SessionFactory.class).get();
    try (StatelessSession session = factory.openStatelessSession()) {
      return read.apply(session);
    }
  }
}
