package io.satchel.platform.conditional;

import static jakarta.ws.rs.core.HttpHeaders.IF_MATCH;
import static jakarta.ws.rs.core.HttpHeaders.IF_MODIFIED_SINCE;
import static jakarta.ws.rs.core.HttpHeaders.IF_NONE_MATCH;
import static jakarta.ws.rs.core.HttpHeaders.IF_UNMODIFIED_SINCE;

import io.netty.handler.codec.DateFormatter;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The preconditions of a request (RFC 9110, section 13.1). Jakarta REST's own evaluation fails on
 * an invalid date, and compares weak tags in If-None-Match by strong comparison.
 */
final class Preconditions {

  private static final String ANY = "*";

  /** An entity tag (section 8.8.3), or {@link #ANY}. */
  private static final Pattern TAG = Pattern.compile("(W/)?(\"[^\"]*\")|(?<![^\\s,])\\*");

  private final HttpServerRequest request;

  Preconditions(HttpServerRequest request) {
    this.request = request;
  }

  /** Returns whether the request has a precondition that can prevent a change. */
  boolean arePresent() {
    return Stream.of(IF_MATCH, IF_NONE_MATCH, IF_UNMODIFIED_SINCE)
        .anyMatch(request.headers()::contains);
  }

  /**
   * Checks the preconditions against the current validators.
   *
   * @throws ProblemException 412 if one of them is false
   */
  void require(Validators current) {
    List<String> expected = request.headers().getAll(IF_MATCH);
    boolean isExpected =
        expected.isEmpty()
            ? isUnmodifiedSince(IF_UNMODIFIED_SINCE, current).orElse(true)
            : containsStrongly(expected, current.etag());
    boolean isExcluded =
        !isRead() && containsWeakly(request.headers().getAll(IF_NONE_MATCH), current.etag());
    if (!isExpected || isExcluded) {
      throw new ProblemException(ProblemType.PRECONDITION_FAILED);
    }
  }

  /**
   * Returns whether the client already has the current representation.
   *
   * @param supportsIfModifiedSince whether If-Modified-Since can be used
   */
  boolean isNotModified(Validators current, boolean supportsIfModifiedSince) {
    List<String> known = request.headers().getAll(IF_NONE_MATCH);
    return known.isEmpty()
        ? supportsIfModifiedSince && isUnmodifiedSince(IF_MODIFIED_SINCE, current).orElse(false)
        : containsWeakly(known, current.etag());
  }

  private boolean isRead() {
    return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
  }

  private static boolean containsStrongly(List<String> tags, String etag) {
    return contains(tags, etag, tag -> tag.group(1) == null);
  }

  private static boolean containsWeakly(List<String> tags, String etag) {
    return contains(tags, etag, tag -> true);
  }

  /** Compares entity tags (section 8.8.3.2). */
  private static boolean contains(List<String> tags, String etag, Predicate<MatchResult> isUsable) {
    return TAG.matcher(String.join(",", tags))
        .results()
        .anyMatch(
            tag -> tag.group().equals(ANY) || (etag.equals(tag.group(2)) && isUsable.test(tag)));
  }

  /** Returns nothing if the header is missing or its date is not valid (section 13.1.3). */
  private Optional<Boolean> isUnmodifiedSince(String header, Validators current) {
    return Optional.ofNullable(request.getHeader(header))
        .filter(text -> !text.isEmpty())
        .map(DateFormatter::parseHttpDate)
        .map(date -> !current.lastModified().isAfter(date.toInstant()));
  }
}
