package io.satchel.users;

import static java.util.stream.Collectors.joining;

import io.satchel.platform.pagination.Cursor;
import io.satchel.platform.pagination.KeysetQuery;
import io.satchel.platform.pagination.PageRequest;
import io.satchel.platform.pagination.SortOrder;
import io.satchel.platform.pagination.ValidSearchText;
import io.satchel.platform.text.Nfc;
import io.satchel.platform.text.SearchQuery;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The query parameters of the list of users. */
record UsersPageRequest(
    @Parameter(
            description =
                "The start of the e-mail address, the username, the last name or the whole name,"
                    + " ignoring case and accents.",
            schema = @Schema(type = SchemaType.STRING, maxLength = ValidSearchText.MAX))
        @QueryParam("q")
        @ValidSearchText
        String q,
    @Parameter(description = "Whether the users can log in.") @QueryParam("is_active")
        Boolean isActive,
    @Parameter(
            description =
                "The sort order. A minus sign before the name reverses it. E-mail addresses are"
                    + " sorted by Unicode code point.",
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
    implements PageRequest {

  private static final Map<String, SortOrder> SORT_ORDERS =
      Map.of(
          "id", SortOrder.byId(),
          "created_at", SortOrder.by("createdAt", "timestamptz"),
          "updated_at", SortOrder.by("updatedAt", "timestamptz"),
          "email", SortOrder.by("sql('? collate \"C\"', email)", "text"));

  private static final String STARTS_WITH =
      Stream.of(
              "email",
              "username",
              "lastName",
              "coalesce(firstName || ' ', '') || coalesce(lastName, '')")
          .map(UsersPageRequest::startsWith)
          .collect(joining(" or ", "(", ")"));

  UsersPageRequest {
    q = Nfc.of(PageRequest.textOrNull(q));
  }

  /** Returns a condition with the expression of an index. */
  private static String startsWith(String text) {
    return """
    cast(sql('(lower(regexp_replace(normalize(?, NFKD), ''[\\u0300-\\u036f]'', '''', ''g'')) like lower(?))', \
    %s, :q) as Boolean)\
    """
        .formatted(text);
  }

  @Override
  public Map<String, Object> filters() {
    return PageRequest.filters(
        "q", q, "is_active", isActive, "sort", sort.equals("id") ? null : sort);
  }

  @Override
  public SortOrder sortOrder() {
    return SortOrder.named(sort, SORT_ORDERS);
  }

  /** Returns the query for the users that match the filters. */
  KeysetQuery<UserView> toQuery() {
    KeysetQuery<UserView> users =
        new KeysetQuery<>(User.class, UserView.class, UserView.ATTRIBUTES);
    if (!Boolean.FALSE.equals(isActive)) {
      users.addPartition("isActive");
    }
    if (!Boolean.TRUE.equals(isActive)) {
      users.addPartition("not isActive");
    }
    return users.where(
        STARTS_WITH, "q", q == null ? null : escapeLike(SearchQuery.withoutAccents(q)) + "%");
  }

  private static String escapeLike(String text) {
    return text.replaceAll("[\\\\%_]", "\\\\$0");
  }
}
