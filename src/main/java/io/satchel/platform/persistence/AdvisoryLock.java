package io.satchel.platform.persistence;

import io.quarkus.hibernate.orm.panache.Panache;

/** PostgreSQL's advisory locks, which end with the transaction that holds them. */
public final class AdvisoryLock {

  private AdvisoryLock() {}

  /** Waits for the lock with the given name, and acquires it for the current transaction. */
  public static void acquire(String name) {
    Panache.getEntityManager()
        .createNativeQuery(
            "select 1 from pg_advisory_xact_lock(hashtextextended(:name, 0))", Integer.class)
        .setParameter("name", name)
        .getSingleResult();
  }

  /**
   * Tries to acquire the lock with the given name for the current transaction, without waiting.
   *
   * @return whether it was acquired
   */
  public static boolean tryAcquire(String name) {
    return (boolean)
        Panache.getEntityManager()
            .createNativeQuery(
                "select pg_try_advisory_xact_lock(hashtextextended(:name, 0))", Boolean.class)
            .setParameter("name", name)
            .getSingleResult();
  }
}
