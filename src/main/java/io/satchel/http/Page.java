package io.satchel.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * A page of a list that is ordered by id.
 *
 * @param rows what is on the page
 * @param limit the most that may be on it
 * @param next where the next page begins, or null when this is the last
 */
public record Page<T>(List<T> rows, int limit, Cursor next) {

  /**
   * The page at the start of rows of which there is one more than the limit, if there are so many.
   */
  public static <T> Page<T> of(List<T> rows, int limit, ToLongFunction<T> id) {
    if (rows.size() <= limit) {
      return new Page<>(rows, limit, null);
    }
    return new Page<>(
        rows.subList(0, limit), limit, new Cursor(id.applyAsLong(rows.get(limit - 1))));
  }

  /** The same page, with its rows as a client sees them. */
  public <V> Page<V> map(Function<List<T>, List<V>> view) {
    return new Page<>(view.apply(rows), limit, next);
  }

  /** The rows, with a link to the next page (RFC 8288) while there is one. */
  public RestResponse<List<T>> toResponse(UriInfo uri) {
    ResponseBuilder<List<T>> response = ResponseBuilder.ok(rows);
    if (next != null) {
      String target = "%s?limit=%d&after=%s".formatted(uri.getAbsolutePath(), limit, next);
      response.header(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(target));
    }
    return response.build();
  }
}
