package io.satchel.platform.pagination;

import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.satchel.platform.replica.ReplicaReads;
import java.util.List;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;

/**
 * A statement of a list. Its session keeps no entities.
 *
 * @param settings statements that first change settings of the transaction
 */
record ListStatement<R>(
    String hql, Map<String, Object> parameters, Class<R> type, List<String> settings) {

  /** Reads from the replica, or from the primary if the replica cannot serve. */
  List<R> execute() {
    return bean(ReplicaReads.class).read(this::executeIn).orElseGet(this::executeOnPrimary);
  }

  /** Reads from the primary, and releases the connection. It joins a current transaction. */
  List<R> executeOnPrimary() {
    return settings.isEmpty()
        ? executeInSession()
        : QuarkusTransaction.joiningExisting().call(this::executeInSession);
  }

  private List<R> executeInSession() {
    try (StatelessSession session = bean(SessionFactory.class).openStatelessSession()) {
      return executeIn(session);
    }
  }

  private List<R> executeIn(StatelessSession session) {
    for (String setting : settings) {
      session.createNativeQuery(setting, Object[].class).getSingleResult();
    }
    SelectionQuery<R> selection = session.createSelectionQuery(hql, type);
    parameters.forEach(selection::setParameter);
    return selection.getResultList();
  }

  static <T> T bean(Class<T> type) {
    return Arc.container().instance(type).get();
  }
}
