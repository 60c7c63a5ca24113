package io.satchel.platform.negotiation;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;

import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/**
 * Selects one of several media types for a response. It only compares types, and ignores their
 * parameters. Jakarta REST's own selection is stricter: it rejects requests with a lenient Accept
 * header, such as {@code text/html, *; q=.2}.
 */
public final class ContentNegotiation {

  private ContentNegotiation() {}

  /**
   * Returns the offered media type that the client prefers, or the first of several that it prefers
   * equally.
   *
   * @throws NotAcceptableException if the client accepts none of them
   */
  public static MediaType select(HttpHeaders headers, List<MediaType> offered) {
    List<MediaType> accepted = headers.getAcceptableMediaTypes();
    MediaType best =
        offered.stream()
            .sorted(comparingDouble(type -> -quality(type, accepted)))
            .findFirst()
            .orElseThrow();
    if (quality(best, accepted) == 0) {
      throw new NotAcceptableException();
    }
    return best;
  }

  /** Returns the quality value of the most specific media range that contains the type. */
  private static double quality(MediaType type, List<MediaType> accepted) {
    return accepted.stream()
        .filter(type::isCompatible)
        .max(comparingInt(ContentNegotiation::specificity))
        .map(range -> Double.parseDouble(range.getParameters().getOrDefault("q", "1")))
        .orElse(0.0);
  }

  private static int specificity(MediaType range) {
    return range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2;
  }
}
