package io.satchel.items;

import io.satchel.platform.pagination.Cursor;
import io.satchel.platform.pagination.KeysetQuery;
import io.satchel.platform.pagination.PageRequest;
import io.satchel.platform.pagination.SortOrder;
import io.satchel.platform.pagination.ValidSearchText;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.text.SearchQuery;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters of a list of items. */
public record ItemsPageRequest(
    @Parameter(
            description =
                "Words in the title or the description, with or without accents (ł, ø and ß are"
                    + " letters of their own). A \"phrase\" is in quotation marks, -word excludes a"
                    + " word, and or between words finds either."
                    + " Emoji and other symbols may not be found, and Chinese or Japanese text only as"
                    + " it stands between spaces or punctuation.",
            schema = @Schema(type = SchemaType.STRING, maxLength = ValidSearchText.MAX))
        @QueryParam("q")
        @ValidSearchText
        String q,
    @Parameter(description = "The id of the owner.") @QueryParam("owner_id") Long ownerId,
    @Parameter(description = "The visibility of the items.") @QueryParam("visibility")
        Visibility visibility,
    @Parameter(
            description = "The first date.",
            schema = @Schema(implementation = String.class, format = "date"))
        @QueryParam("date_from")
        LocalDate dateFrom,
    @Parameter(
            description = "The last date.",
            schema = @Schema(implementation = String.class, format = "date"))
        @QueryParam("date_to")
        LocalDate dateTo,
    @Parameter(
            description = "Only items that were created after this time.",
            schema = @Schema(implementation = String.class, format = "date-time"))
        @QueryParam("created_after")
        Instant createdAfter,
    @Parameter(
            description =
                "The sort order. A minus sign before the name reverses it. Titles are sorted by"
                    + " Unicode code point, and items without a date come last. relevance starts"
                    + " with the best match of q.",
            schema =
                @Schema(
                    type = SchemaType.STRING,
                    defaultValue = "id",
                    enumeration = {
                      "id",
                      "-id",
                      "created_at",
                      "-created_at",
                      "updated_at",
                      "-updated_at",
                      "title",
                      "-title",
                      "date",
                      "-date",
                      "relevance"
                    }))
        @QueryParam("sort")
        @DefaultValue("id")
        @Pattern(
            regexp = "-?(id|created_at|updated_at|title|date)|relevance",
            message =
                "must be one of: id, created_at, updated_at, title, date, each also with - before"
                    + " it, relevance")
        String sort,
    @QueryParam("skip") @DefaultValue("0") @Min(0) @Max(10_000) int skip,
    @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1_000) int limit,
    @QueryParam("after") Cursor after)
    implements PageRequest {

  private static final String TSQUERY = "websearch_to_tsquery(''simple'', ?)";

  /** Twice, so that PostgreSQL does not overestimate rare words (docs/adr/0004). */
  private static final String MATCHES =
      "cast(sql('(search @@ %1$s and search @@ %1$s)', :q, :q) as Boolean)".formatted(TSQUERY);

  private static final String INFINITY = "cast(sql('''infinity''') as LocalDate)";
  private static final String DATE = "coalesce(date, %s)".formatted(INFINITY);

  private static final Map<String, SortOrder> SORT_ORDERS =
      Map.of(
          "id", SortOrder.byId(),
          "created_at", SortOrder.by("createdAt", "timestamptz"),
          "updated_at", SortOrder.by("updatedAt", "timestamptz"),
          "title", SortOrder.by("sql('? collate \"C\"', title)", "text"),
          "date", SortOrder.by(DATE, "date"),
          "relevance",
              SortOrder.by("sql('ts_rank(search, %s)', :q)".formatted(TSQUERY), "real").reversed());

  public ItemsPageRequest {
    q = PageRequest.textOrNull(q);
  }

  @Override
  public Map<String, Object> filters() {
    return PageRequest.filters(
        "q", q,
        "owner_id", ownerId,
        "visibility", visibility,
        "date_from", dateFrom,
        "date_to", dateTo,
        "created_after", createdAfter,
        "sort", sort.equals("id") ? null : sort);
  }

  @Override
  public SortOrder sortOrder() {
    if (sort.equals("relevance") && q == null) {
      throw ProblemException.invalidInput("/sort", "relevance requires a search text, q");
    }
    return SortOrder.named(sort, SORT_ORDERS);
  }

  /** Adds the filters other than those for the owner and the visibility. */
  KeysetQuery<ItemView> applyFilters(KeysetQuery<ItemView> items) {
    return items
        .where(MATCHES, "q", q == null ? null : SearchQuery.of(q))
        .where(
            "%1$s >= :date_from and %1$s < %2$s".formatted(DATE, INFINITY), "date_from", dateFrom)
        .where(DATE + " <= :date_to", "date_to", dateTo)
        .where("createdAt > :created_after", "created_after", createdAfter);
  }
}
