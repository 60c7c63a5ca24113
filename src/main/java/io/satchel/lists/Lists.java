package io.satchel.lists;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.satchel.data.Sha256;
import io.satchel.http.Cursor;
import io.satchel.http.Problem;
import io.satchel.lists.Listing.Row;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Answers with a page of a list, and links to others. */
@RequestScoped
public class Lists {

  /** A preference (RFC 7240, section 2) of PostgREST's, by which a client asks for the total. */
  private static final String PREFER = "Prefer";

  private static final Pattern COUNT_EXACT =
      Pattern.compile(
          "(^|.*,)\\s*count\\s*=\\s*(exact|\"exact\")\\s*([,;].*)?", Pattern.CASE_INSENSITIVE);

  private static final int IDENTITY_BYTES = 9;

  @Inject UriInfo uri;
  @Inject HttpHeaders headers;

  /**
   * The page that the query asks for.
   *
   * @param view how a client sees rows
   * @throws Problem when the cursor was made for another list, other filters or another order
   */
  public <T, V> RestResponse<List<V>> answer(
      Listing<T> listing, ListQuery query, Function<List<T>, List<V>> view) {
    Cursor after = query.after();
    String list = identity(query);
    if (after != null && !after.list().equals(list)) {
      throw Problem.invalidInput(
          "/after", "was made for another list, other filters or another sort");
    }
    int limit = query.limit();
    List<Row<T>> found = listing.page(query.order(), after, query.skip(), limit + 1);
    List<Row<T>> page = found.subList(0, Math.min(found.size(), limit));
    ResponseBuilder<List<V>> response =
        ResponseBuilder.ok(view.apply(page.stream().map(Row::row).toList()));
    String links = link(query, null, "first");
    if (found.size() > limit) {
      Row<T> last = page.getLast();
      String place = new Cursor(list, last.key(), last.id()).toString();
      links = link(query, place, "next") + ", " + links;
    }
    response.header(HttpHeaders.LINK, links);
    if (isCountPreferred()) {
      response.header("X-Total-Count", listing.count());
      response.header("Preference-Applied", "count=exact");
    }
    return response.build();
  }

  private boolean isCountPreferred() {
    List<String> preferences = headers.getRequestHeader(PREFER);
    return preferences != null
        && preferences.stream().anyMatch(value -> COUNT_EXACT.matcher(value).matches());
  }

  /** What tells this list, with its filters and its order, from all others. */
  private String identity(ListQuery query) {
    String text = uri.getPath().replaceFirst("/$", "") + "?" + encoded(query.filters());
    byte[] hash = Arrays.copyOf(Sha256.of(text.getBytes(UTF_8)), IDENTITY_BYTES);
    return Base64.getUrlEncoder().encodeToString(hash);
  }

  private String link(ListQuery query, String after, String relation) {
    Map<String, Object> parameters = new LinkedHashMap<>(query.filters());
    parameters.put("limit", query.limit());
    if (after != null) {
      parameters.put("after", after);
    }
    return "<%s?%s>; rel=\"%s\"".formatted(uri.getAbsolutePath(), encoded(parameters), relation);
  }

  private static String encoded(Map<String, Object> parameters) {
    return parameters.entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue().toString()))
        .collect(joining("&"));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }
}
