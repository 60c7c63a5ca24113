package io.satchel.platform.http;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.joining;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Replaces a Content-Type that is not valid by a type that no resource consumes, and the Accept
 * header by the media types of the service that it permits, each with the weight of the most
 * specific range that contains it (RFC 9110, section 12.5.1). Quarkus REST does not know weights of
 * 0, and fails for weights that are not numbers. Such a weight means 1.
 */
class AcceptableTypes {

  /** The types of all resources. Of types with the same weight, the first one is chosen. */
  static final List<String> PRODUCED =
      List.of("application/x-ndjson", MediaType.TEXT_HTML, MediaType.APPLICATION_JSON, "text/csv");

  private static final List<String> USUAL = List.of(MediaType.WILDCARD, MediaType.APPLICATION_JSON);

  /** A type that no resource produces. */
  private static final String NONE = "application/x-none";

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  private static final Pattern MEDIA_TYPE =
      Pattern.compile("T/T(\\s*;\\s*T=(T|\"[^\"]*\"))*\\s*+(;\\s*+)?".replace("T", TOKEN));

  private static final Pattern RANGE =
      Pattern.compile("\\s*(T)/(T)\\s*(;.*)?".replace("T", TOKEN), Pattern.DOTALL);

  private static final Pattern WEIGHT =
      Pattern.compile(
          ";\\s*q\\s*=\\s*(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?)\\s*(;.*)?$",
          Pattern.CASE_INSENSITIVE);

  /** Runs before Quarkus REST reads the headers. */
  @ServerRequestFilter(preMatching = true, priority = Priorities.AUTHENTICATION - 2)
  void replace(RoutingContext routing) {
    MultiMap headers = routing.request().headers();
    List<String> accepted = headers.getAll(HttpHeaders.ACCEPT);
    if (accepted.stream().allMatch(String::isBlank)) {
      headers.remove(HttpHeaders.ACCEPT);
    } else if (accepted.size() > 1 || !USUAL.contains(accepted.getFirst())) {
      headers.set(HttpHeaders.ACCEPT, permitted(accepted));
    }
    String content = headers.get(HttpHeaders.CONTENT_TYPE);
    if (content != null && !MEDIA_TYPE.matcher(content).matches()) {
      headers.set(HttpHeaders.CONTENT_TYPE, NONE);
    }
  }

  /** Returns an Accept header with the types of the service that the given ones permit. */
  static String permitted(List<String> accepted) {
    List<Range> ranges =
        accepted.stream()
            .flatMap(header -> Stream.of(header.split(",")))
            .flatMap(member -> Range.parse(member).stream())
            .toList();
    String permitted =
        PRODUCED.stream()
            .flatMap(type -> weight(type, ranges).map(weight -> Map.entry(type, weight)).stream())
            .filter(type -> type.getValue().signum() > 0)
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .map(type -> type.getKey() + ";q=" + type.getValue())
            .collect(joining(", "));
    return permitted.isEmpty() ? NONE : permitted;
  }

  private static Optional<BigDecimal> weight(String type, List<Range> ranges) {
    return ranges.stream()
        .filter(range -> range.contains(type))
        .max(comparingInt(Range::specificity).thenComparing(Range::weight))
        .map(Range::weight);
  }

  /** A media range, such as {@code text/*;q=0.5}. */
  private record Range(String type, String subtype, BigDecimal weight) {

    static Optional<Range> parse(String member) {
      Matcher range = RANGE.matcher(member);
      if (!range.matches()) {
        return Optional.empty();
      }
      Matcher weight = WEIGHT.matcher(range.group(3) == null ? "" : range.group(3));
      return Optional.of(
          new Range(
              range.group(1),
              range.group(2),
              weight.find()
                  ? new BigDecimal(weight.group(1).replaceFirst("\\.$", ""))
                  : BigDecimal.ONE));
    }

    boolean contains(String mediaType) {
      return specificity() == 0
          || (specificity() == 1 && mediaType.startsWith(type.toLowerCase(Locale.ROOT) + "/"))
          || mediaType.equalsIgnoreCase(type + "/" + subtype);
    }

    int specificity() {
      return (type.equals("*") ? 0 : 1) + (subtype.equals("*") ? 0 : 1);
    }
  }
}
