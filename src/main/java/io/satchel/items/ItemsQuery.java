package io.satchel.items;

import io.satchel.http.Cursor;
import io.satchel.http.Problem;
import io.satchel.lists.ListQuery;
import io.satchel.lists.Listing;
import io.satchel.lists.Order;
import io.satchel.lists.SearchText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** What a client asks of a list of items. */
record ItemsQuery(
    @Parameter(
            description =
                "Words of the title or the description; a \"phrase\" in quotation marks; what is not"
                    + " to be there after a minus sign, as in -without; or between two of them.",
            schema = @Schema(type = SchemaType.STRING, maxLength = SearchText.MAX))
        @QueryParam("q")
        @SearchText
        String q,
    @Parameter(description = "The id of the user who owns them.") @QueryParam("owner_id")
        Long ownerId,
    @Parameter(description = "Who may see them.") @QueryParam("visibility") Visibility visibility,
    @Parameter(
            description = "The first day that they may be about.",
            schema = @Schema(implementation = String.class, format = "date"))
        @QueryParam("date_from")
        LocalDate dateFrom,
    @Parameter(
            description = "The last day that they may be about.",
            schema = @Schema(implementation = String.class, format = "date"))
        @QueryParam("date_to")
        LocalDate dateTo,
    @Parameter(
            description = "The time after which they were made.",
            schema = @Schema(implementation = String.class, format = "date-time"))
        @QueryParam("created_after")
        Instant createdAfter,
    @Parameter(
            description =
                "What they are ordered by; with a minus sign, downwards. Titles are ordered by code"
                    + " point; what has no date comes after all that has one; what matches q best"
                    + " is the most relevant, and comes first.",
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
    implements ListQuery {

  private static final String QUERY = "websearch_to_tsquery('simple', :q)";
  private static final String DATE = "coalesce(date, 'infinity')";

  private static final Map<String, Order> ORDERS =
      Map.of(
          "id", Order.byId(),
          "created_at", Order.by("created_at", "timestamptz"),
          "updated_at", Order.by("updated_at", "timestamptz"),
          "title", Order.by("title collate \"C\"", "text"),
          "date", Order.by(DATE, "date"),
          "relevance", Order.by("ts_rank(search, %s)".formatted(QUERY), "real").reversed());

  /** The same, without what asks for nothing. */
  ItemsQuery {
    q = ListQuery.textOrNull(q);
  }

  @Override
  public Map<String, Object> filters() {
    Map<String, Object> filters = new TreeMap<>();
    filters.put("q", q);
    filters.put("owner_id", ownerId);
    filters.put("visibility", visibility);
    filters.put("date_from", dateFrom);
    filters.put("date_to", dateTo);
    filters.put("created_after", createdAfter);
    filters.put("sort", sort.equals("id") ? null : sort);
    return ListQuery.present(filters);
  }

  @Override
  public Order order() {
    if (sort.equals("relevance") && q == null) {
      throw Problem.invalidInput("/sort", "relevance is to q, and there is none");
    }
    return Order.named(sort, ORDERS);
  }

  /** Leaves of these items, of that owner and visibility, those that it asks for. */
  Listing<Item> filter(Listing<Item> items) {
    return items
        .whereFound("search @@ " + QUERY, "q", q)
        .where(
            DATE + " >= cast(:date_from as date) and " + DATE + " < 'infinity'",
            "date_from",
            text(dateFrom))
        .where(DATE + " <= cast(:date_to as date)", "date_to", text(dateTo))
        .where(
            "created_at > cast(:created_after as timestamptz)",
            "created_after",
            text(createdAfter));
  }

  /** For the database to read: a java.sql.Date of October 1582 is ten days short. */
  private static String text(Object time) {
    return time == null ? null : time.toString();
  }
}
