package io.satchel.users;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.satchel.emails.EmailSettings;
import io.satchel.emails.Outbox;
import io.satchel.platform.persistence.AdvisoryLock;
import io.satchel.platform.persistence.BackgroundTask;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Removes users who signed up while the verification of the address was required, and have not
 * verified it, so that a wrong address does not keep a username for ever.
 */
@Singleton
class UnverifiedUsers {

  private static final Logger LOG = Logger.getLogger(UnverifiedUsers.class);
  private static final int BATCH = 100;

  @Inject EmailSettings settings;
  @Inject Outbox outbox;
  @Inject Clock clock;

  @Scheduled(every = "1h", delayed = "2m")
  void removeExpired() {
    if (settings.requireVerification()) {
      BackgroundTask.run(this::remove);
    }
  }

  void remove() {
    int removed;
    do {
      removed = QuarkusTransaction.requiringNew().call(this::removeBatch);
    } while (removed == BATCH);
  }

  private int removeBatch() {
    if (!AdvisoryLock.tryAcquire("unverified users")) {
      return 0; // Another replica removes them.
    }
    List<User> expired =
        User.<User>find("verifyBy < ?1 and not isVerified order by id", clock.instant())
            .withLock(LockModeType.PESSIMISTIC_WRITE)
            .range(0, BATCH - 1)
            .list();
    expired.forEach(user -> {
      user.delete();
      outbox.forget(user.email);
    });
    if (!expired.isEmpty()) {
      LOG.infof("Removed %d users who had not verified their e-mail addresses", expired.size());
    }
    return expired.size();
  }
}
