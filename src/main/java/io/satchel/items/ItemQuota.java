package io.satchel.items;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.satchel.platform.persistence.AdvisoryLock;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.satchel.platform.ratelimit.MinuteLimit;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Limits the items of each owner, and how many items a user creates in a minute. Near the limit,
 * items are counted in each transaction. Below, an estimate is enough, which lacks what other
 * replicas have created in the last ten seconds, and may be too high: a counter in the database
 * would cost each insert a statement, and make the inserts of one owner wait for each other.
 */
@ApplicationScoped
class ItemQuota {

  /** The limits. */
  @ConfigMapping(prefix = "satchel.limits")
  interface Settings {

    /** Items of one owner. */
    @WithDefault("100000")
    @Min(1)
    int itemsOfOwner();

    /** Items that one user creates in a minute on a replica: at least one full batch. */
    @WithDefault("10000")
    @Min(ItemCreator.MAX_BATCH_SIZE)
    int createdItemsPerMinute();
  }

  private static final Duration ESTIMATE_AGE = Duration.ofSeconds(10);
  private static final int MAX_ESTIMATES = 10_000;

  private final Settings settings;
  private final boolean isRateLimited;
  private final MinuteLimit created;
  private final Counter rejections;

  private final Cache<Long, AtomicLong> estimates =
      Caffeine.newBuilder().maximumSize(MAX_ESTIMATES).expireAfterWrite(ESTIMATE_AGE).build();

  @Inject
  ItemQuota(
      Settings settings,
      @ConfigProperty(name = "satchel.limits.requests-per-minute") int requestsPerMinute,
      Clock clock,
      MeterRegistry metrics) {
    this.settings = settings;
    this.isRateLimited = requestsPerMinute > 0;
    this.created = new MinuteLimit(settings.createdItemsPerMinute(), clock);
    this.rejections =
        Counter.builder("satchel.items.rejected")
            .description("Batches and items that were not created because of a quota")
            .register(metrics);
  }

  /**
   * Counts items that a user creates in this minute.
   *
   * @throws ProblemException 429 if there are too many
   */
  void takeRate(long callerId, int items) {
    if (isRateLimited) {
      created.take(Long.toString(callerId), items);
    }
  }

  /**
   * Checks the number of an owner's items, of which some have just been inserted in the current
   * transaction. Near the quota, transactions do it one after the other.
   *
   * @throws ProblemException 409 if there are too many
   */
  void check(long ownerId, int inserted) {
    AtomicLong estimate = estimates.get(ownerId, owner -> new AtomicLong(count(owner)));
    if (estimate.addAndGet(inserted) > settings.itemsOfOwner() - settings.createdItemsPerMinute()) {
      requireQuota(ownerId); // Without making others wait
      AdvisoryLock.acquire("items of user " + ownerId);
      requireQuota(ownerId);
    }
  }

  private void requireQuota(long ownerId) {
    if (count(ownerId) > settings.itemsOfOwner()) {
      rejections.increment();
      throw new ProblemException(ProblemType.ITEM_QUOTA);
    }
  }

  private static long count(long ownerId) {
    return Item.count("ownerId", ownerId);
  }
}
