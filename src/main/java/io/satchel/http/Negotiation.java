package io.satchel.http;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;

import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Which of several media types to answer with (RFC 9110, section 12.5.1). */
public final class Negotiation {

  private Negotiation() {}

  /**
   * What the client prefers of what is offered, the first of several that it likes as much. It goes
   * by the type alone: Jakarta REST's own knows nothing of parameters but that they differ.
   *
   * @throws NotAcceptableException when it takes none of them
   */
  public static MediaType choose(HttpHeaders headers, List<MediaType> offered) {
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

  /** What the most specific range says of a type that it is in. */
  private static double quality(MediaType type, List<MediaType> accepted) {
    return accepted.stream()
        .filter(type::isCompatible)
        .max(comparingInt(Negotiation::specificity))
        .map(range -> Double.parseDouble(range.getParameters().getOrDefault("q", "1")))
        .orElse(0.0);
  }

  private static int specificity(MediaType range) {
    return range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2;
  }
}
