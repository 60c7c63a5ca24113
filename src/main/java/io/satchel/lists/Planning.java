package io.satchel.lists;

import io.quarkus.hibernate.orm.panache.Panache;

/**
 * Tells the planner, for one transaction, what it cannot know from its statistics: that days and
 * times go with ids, so that what is asked for may all be at the other end of the order, and how
 * many rows there are with the same value. So it is to read in order; unless there are words to be
 * found, when it depends on how common they are. The plan is made for what is asked for each time,
 * and as if indexes were in memory, as those that are in use should be.
 */
final class Planning {

  private static final String SETTINGS =
      """
      select set_config('plan_cache_mode', 'force_custom_plan', true),
        set_config('random_page_cost', '0.01', true), set_config('seq_page_cost', '0.01', true),
        set_config('enable_sort', :search, true), set_config('enable_bitmapscan', :search, true)
      """;

  private Planning() {}

  static void set(boolean isSearch) {
    Panache.getSession()
        .createNativeQuery(SETTINGS, Object[].class)
        .setParameter("search", isSearch ? "on" : "off")
        .getResultList();
  }
}
