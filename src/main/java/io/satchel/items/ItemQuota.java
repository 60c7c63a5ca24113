package io.satchel.items;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.orm.panache.Panache;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.satchel.platform.ratelimit.MinuteLimit;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Limits the items of each owner, and how many items a user creates in a minute. */
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

  private final Settings settings;
  private final boolean isRateLimited;
  private final MinuteLimit created;
  private final Counter rejections;

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
   * Adds items to the number of an owner. Call it last, because it locks the number until the
   * transaction ends.
   *
   * @throws ProblemException 409 if there are too many
   */
  void add(long ownerId, int items) {
    long count =
        Panache.getSession()
            .createNativeQuery(
                """
                insert into item_counts (owner_id, count) values (:owner, :items)
                on conflict on constraint item_counts_pkey
                do update set count = item_counts.count + excluded.count
                returning count
                """,
                Long.class)
            .setParameter("owner", ownerId)
            .setParameter("items", items)
            .getSingleResult();
    if (count > settings.itemsOfOwner()) {
      rejections.increment();
      throw new ProblemException(ProblemType.ITEM_QUOTA);
    }
  }

  /** Removes a deleted item from the number of its owner. */
  static void remove(long ownerId) {
    int _ =
        Panache.getSession()
            .createNativeMutationQuery(
                "update item_counts set count = count - 1 where owner_id = :owner")
            .setParameter("owner", ownerId)
            .executeUpdate();
  }
}
