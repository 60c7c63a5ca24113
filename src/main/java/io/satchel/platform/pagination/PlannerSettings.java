package io.satchel.platform.pagination;

import io.quarkus.hibernate.orm.panache.Panache;

/**
 * Sets PostgreSQL's planner for one transaction, because its statistics mislead it (ADR 11): dates
 * correlate with ids, so all matching rows can be at the other end of the index. Rows are therefore
 * read in index order; in a search, the planner may sort. Costs are set as if all pages were
 * cached.
 */
final class PlannerSettings {

  private static final String SETTINGS =
      """
      select set_config('plan_cache_mode', 'force_custom_plan', true),
        set_config('random_page_cost', '0.01', true), set_config('seq_page_cost', '0.01', true),
        set_config('enable_sort', :search, true), set_config('enable_bitmapscan', :search, true)
      """;

  private PlannerSettings() {}

  static void apply(boolean isSearch) {
    Panache.getSession()
        .createNativeQuery(SETTINGS, Object[].class)
        .setParameter("search", isSearch ? "on" : "off")
        .getResultList();
  }
}
