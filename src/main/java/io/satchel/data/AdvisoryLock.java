package io.satchel.data;

import io.quarkus.hibernate.orm.panache.Panache;

/** PostgreSQL's locks on what is no row, which end with the transaction. */
public final class AdvisoryLock {

  private AdvisoryLock() {}

  /** Locks what has that name until this transaction ends, unless another has locked it. */
  public static boolean tryFor(String name) {
    return (boolean)
        Panache.getEntityManager()
            .createNativeQuery(
                "select pg_try_advisory_xact_lock(hashtextextended(:name, 0))", Boolean.class)
            .setParameter("name", name)
            .getSingleResult();
  }
}
