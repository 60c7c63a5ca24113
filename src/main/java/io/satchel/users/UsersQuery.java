package io.satchel.users;

import io.satchel.http.Cursor;
import io.satchel.lists.ListQuery;
import io.satchel.lists.Listing;
import io.satchel.lists.Order;
import io.satchel.lists.SearchText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** What a client asks of the list of users. */
record UsersQuery(
    @Parameter(
            description =
                "How the e-mail address, the username, the last name or the whole name begins, in"
                    + " upper or lower case.",
            schema = @Schema(type = SchemaType.STRING, maxLength = SearchText.MAX))
        @QueryParam("q")
        @SearchText
        String q,
    @Parameter(description = "Whether they may sign in.") @QueryParam("is_active") Boolean isActive,
    @Parameter(
            description =
                "What they are ordered by; with a minus sign, downwards. E-mail addresses are"
                    + " ordered by code point.",
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
                      "email",
                      "-email"
                    }))
        @QueryParam("sort")
        @DefaultValue("id")
        @Pattern(
            regexp = "-?(id|created_at|updated_at|email)",
            message =
                "must be one of: id, created_at, updated_at, email, each also with - before it")
        String sort,
    @QueryParam("skip") @DefaultValue("0") @Min(0) @Max(10_000) int skip,
    @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(100) int limit,
    @QueryParam("after") Cursor after)
    implements ListQuery {

  private static final Map<String, Order> ORDERS =
      Map.of(
          "id", Order.byId(),
          "created_at", Order.by("created_at", "timestamptz"),
          "updated_at", Order.by("updated_at", "timestamptz"),
          "email", Order.by("email collate \"C\"", "text"));

  private static final String BEGINS =
      """
      (lower(email) like lower(:q) or lower(username) like lower(:q) or lower(last_name) like lower(:q)
       or lower(coalesce(first_name || ' ', '') || coalesce(last_name, '')) like lower(:q))
      """;

  /** The same, without what asks for nothing. */
  UsersQuery {
    q = ListQuery.textOrNull(q);
  }

  @Override
  public Map<String, Object> filters() {
    Map<String, Object> filters = new TreeMap<>();
    filters.put("q", q);
    filters.put("is_active", isActive);
    filters.put("sort", sort.equals("id") ? null : sort);
    return ListQuery.present(filters);
  }

  @Override
  public Order order() {
    return Order.named(sort, ORDERS);
  }

  /** The users that it asks for. */
  Listing<User> list() {
    Listing<User> users = Listing.of(User.class, "users");
    if (!Boolean.FALSE.equals(isActive)) {
      users.with("is_active");
    }
    if (!Boolean.TRUE.equals(isActive)) {
      users.with("not is_active");
    }
    return users.whereFound(BEGINS, "q", q == null ? null : literally(q) + "%");
  }

  /** That text as a pattern that matches it alone. */
  private static String literally(String text) {
    return text.replaceAll("[\\\\%_]", "\\\\$0");
  }
}
