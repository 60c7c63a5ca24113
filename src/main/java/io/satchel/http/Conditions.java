package io.satchel.http;

import static jakarta.ws.rs.core.HttpHeaders.IF_MATCH;
import static jakarta.ws.rs.core.HttpHeaders.IF_MODIFIED_SINCE;
import static jakarta.ws.rs.core.HttpHeaders.IF_NONE_MATCH;
import static jakarta.ws.rs.core.HttpHeaders.IF_UNMODIFIED_SINCE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.DateFormatter;
import io.satchel.data.Sha256;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/**
 * Requests that depend on what the client knows of a resource (RFC 9110, section 13), by validators
 * that each answer with a resource carries: a strong ETag, which is a hash of it, and
 * Last-Modified. Jakarta REST's own evaluation fails on a date that is none, and compares tags for
 * If-None-Match strongly.
 */
@RequestScoped
public class Conditions {

  private static final int TAG_BYTES = 16;

  /** An entity tag (section 8.8.3), or what stands for any. */
  private static final Pattern TAG = Pattern.compile("(W/)?(\"[^\"]*\")|(?<![^\\s,])\\*");

  private static final String ANY = "*";

  @Inject HttpServerRequest request;
  @Inject ObjectMapper json;

  /** What tells a resource as it is from what it was and will be. */
  private record Validators(String tag, Instant lastModified) {}

  /**
   * Answers with a resource, or with 304 if the client has it already.
   *
   * @throws Problem when it is not what the client asks for
   */
  public <T extends Representation> RestResponse<T> answer(T resource) {
    Validators validators = validators(resource);
    require(validators);
    return isKnown(validators, resource.datesAllChanges())
        ? validated(ResponseBuilder.create(Status.NOT_MODIFIED), validators)
        : validated(ResponseBuilder.ok(resource), validators);
  }

  /** Answers with a resource as it has become. */
  public <T extends Representation> RestResponse<T> ok(T resource) {
    return validated(ResponseBuilder.ok(resource), validators(resource));
  }

  /** Answers with a resource that was made. */
  public <T extends Representation> RestResponse<T> created(String path, T resource) {
    return validated(
        ResponseBuilder.<T>created(URI.create(path)).entity(resource), validators(resource));
  }

  /**
   * Lets a request go on if the client knows the resource as it is, or does not say that it does.
   *
   * @throws Problem otherwise: 412
   */
  public void require(Supplier<? extends Representation> current) {
    if (Stream.of(IF_MATCH, IF_NONE_MATCH, IF_UNMODIFIED_SINCE)
        .anyMatch(request.headers()::contains)) {
      require(validators(current.get()));
    }
  }

  private void require(Validators current) {
    List<String> expected = request.headers().getAll(IF_MATCH);
    List<String> excluded = isRead() ? List.of() : request.headers().getAll(IF_NONE_MATCH);
    boolean holds =
        expected.isEmpty()
            ? isUnmodifiedSince(IF_UNMODIFIED_SINCE, current).orElse(true)
            : names(expected, current.tag(), false);
    if (!holds || names(excluded, current.tag(), true)) {
      throw new Problem(ProblemType.PRECONDITION_FAILED);
    }
  }

  private boolean isKnown(Validators current, boolean byDateToo) {
    List<String> known = request.headers().getAll(IF_NONE_MATCH);
    return known.isEmpty()
        ? byDateToo && isUnmodifiedSince(IF_MODIFIED_SINCE, current).orElse(false)
        : names(known, current.tag(), true);
  }

  private boolean isRead() {
    return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
  }

  /** Whether these tags name that one; weak ones do where they may (section 8.8.3.2). */
  private static boolean names(List<String> headers, String tag, boolean isWeak) {
    return TAG.matcher(String.join(",", headers))
        .results()
        .anyMatch(result ->
            result.group().equals(ANY)
                || (tag.equals(result.group(2)) && (isWeak || result.group(1) == null)));
  }

  /**
   * Whether it has not changed since the date in that header; nothing, where there is none, and
   * where it is none (section 13.1.3).
   */
  private Optional<Boolean> isUnmodifiedSince(String header, Validators current) {
    return Optional.ofNullable(request.getHeader(header))
        .filter(text -> !text.isEmpty())
        .map(DateFormatter::parseHttpDate)
        .map(date -> !current.lastModified().isAfter(date.toInstant()));
  }

  private static <T> RestResponse<T> validated(ResponseBuilder<T> response, Validators validators) {
    return response
        .header(HttpHeaders.ETAG, validators.tag())
        .header(
            HttpHeaders.LAST_MODIFIED, DateFormatter.format(Date.from(validators.lastModified())))
        .build();
  }

  /** The tag is a hash of what is sent; the date is to the second, as HTTP has it. */
  private Validators validators(Representation resource) {
    try {
      byte[] hash = Arrays.copyOf(Sha256.of(json.writeValueAsBytes(resource)), TAG_BYTES);
      return new Validators(
          '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"',
          resource.lastModified().truncatedTo(ChronoUnit.SECONDS));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
