package io.satchel.platform.pagination;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.satchel.platform.crypto.Digests;
import io.satchel.platform.input.ParameterParser;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.text.Paths;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Builds responses with one page of a list, and with links to other pages (RFC 8288). */
@RequestScoped
public class PageResponses {

  /** Matches {@code Prefer: count=exact}, as in PostgREST, which requests the total (RFC 7240). */
  private static final Pattern COUNT_EXACT =
      Pattern.compile(
          "(^|.*,)\\s*count\\s*=\\s*(exact|\"exact\")\\s*([,;].*)?", Pattern.CASE_INSENSITIVE);

  private static final int LIST_ID_BYTES = 9;

  @Inject UriInfo uri;
  @Inject HttpHeaders headers;

  /** Returns the requested page, like {@link #respond(KeysetQuery, PageRequest, UnaryOperator)}. */
  public <T> RestResponse<List<T>> respond(KeysetQuery<T> query, PageRequest request) {
    return respond(query, request, UnaryOperator.identity());
  }

  /**
   * Returns the requested page.
   *
   * @param complete adds to the values what other tables contain
   * @throws ProblemException 422 if the cursor belongs to another list, other filters or another
   *     sort order, 429 or 503 if too much is being read and written
   */
  public <T> RestResponse<List<T>> respond(
      KeysetQuery<T> query, PageRequest request, UnaryOperator<List<T>> complete) {
    String list = listId(request);
    if (request.after() != null && !request.after().listId().equals(list)) {
      throw ProblemException.invalidInput(
          "/after", "was made for another list, other filters or another sort");
    }
    int limit = request.limit();
    List<Row<T>> found =
        query.page(request.sortOrder(), request.after(), request.skip(), limit + 1);
    List<Row<T>> page = found.subList(0, Math.min(found.size(), limit));
    ResponseBuilder<List<T>> response =
        ResponseBuilder.ok(complete.apply(page.stream().map(Row::value).toList()));
    String links = link(request, null, "first");
    if (found.size() > limit) {
      Row<T> last = page.getLast();
      String after = new Cursor(list, last.key(), last.id()).toString();
      links = link(request, after, "next") + ", " + links;
    }
    response.header(HttpHeaders.LINK, links);
    if (isCountPreferred()) {
      query
          .count()
          .ifPresent(total ->
              response.header("X-Total-Count", total).header("Preference-Applied", "count=exact"));
    }
    return response.build();
  }

  private boolean isCountPreferred() {
    List<String> preferences = headers.getRequestHeader("Prefer");
    return preferences != null
        && preferences.stream().anyMatch(value -> COUNT_EXACT.matcher(value).matches());
  }

  /** Returns a hash that identifies the list with its filters and its sort order. */
  private String listId(PageRequest request) {
    String text = Paths.withoutSlash(uri.getPath()) + "?" + encode(request.filters());
    byte[] hash = Arrays.copyOf(Digests.sha256(text.getBytes(UTF_8)), LIST_ID_BYTES);
    return Base64.getUrlEncoder().encodeToString(hash);
  }

  private String link(PageRequest request, String after, String relation) {
    Map<String, Object> parameters = new LinkedHashMap<>(request.filters());
    parameters.put("limit", request.limit());
    if (after != null) {
      parameters.put("after", after);
    }
    return "<%s?%s>; rel=\"%s\"".formatted(uri.getAbsolutePath(), encode(parameters), relation);
  }

  private static String encode(Map<String, Object> parameters) {
    return parameters.entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue().toString()))
        .collect(joining("&"));
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }

  /** Lets resource methods have a cursor as a parameter. */
  @Produces
  @Singleton
  static ParameterParser cursorFormat() {
    return new ParameterParser(Cursor.class, Cursor::parse, null, Cursor.INVALID);
  }
}
