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
import java.util.function.Supplier;
import java.util.regex.Pattern;
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

  /**
   * Answers with a resource, or with 304 if the client has it already.
   *
   * @throws Problem when it is not what the client asks for
   */
  public <T extends Representation> RestResponse<T> answer(T resource) {
    require(() -> resource);
    return isKnown(resource)
        ? validated(ResponseBuilder.create(Status.NOT_MODIFIED), resource)
        : ok(resource);
  }

  /** Answers with a resource as it has become. */
  public <T extends Representation> RestResponse<T> ok(T resource) {
    return validated(ResponseBuilder.ok(resource), resource);
  }

  /** Answers with a resource that was made. */
  public <T extends Representation> RestResponse<T> created(String path, T resource) {
    return validated(ResponseBuilder.<T>created(URI.create(path)).entity(resource), resource);
  }

  /**
   * Lets a request go on if the client knows the resource as it is, or does not say that it does.
   *
   * @throws Problem otherwise: 412
   */
  public void require(Supplier<? extends Representation> current) {
    List<String> expected = request.headers().getAll(IF_MATCH);
    List<String> excluded = isRead() ? List.of() : request.headers().getAll(IF_NONE_MATCH);
    Instant since = date(IF_UNMODIFIED_SINCE);
    if (expected.isEmpty() && excluded.isEmpty() && since == null) {
      return;
    }
    Representation resource = current.get();
    String tag = tag(resource);
    boolean holds =
        expected.isEmpty()
            ? since == null || !lastModified(resource).isAfter(since)
            : names(expected, tag, false);
    if (!holds || names(excluded, tag, true)) {
      throw new Problem(ProblemType.PRECONDITION_FAILED);
    }
  }

  private boolean isKnown(Representation resource) {
    List<String> known = request.headers().getAll(IF_NONE_MATCH);
    if (!known.isEmpty()) {
      return names(known, tag(resource), true);
    }
    Instant since = date(IF_MODIFIED_SINCE);
    return since != null && resource.datesAllChanges() && !lastModified(resource).isAfter(since);
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

  /** The date in that header; null where there is none, and where it is none (section 13.1.3). */
  private Instant date(String header) {
    String text = request.getHeader(header);
    Date date = text == null || text.isEmpty() ? null : DateFormatter.parseHttpDate(text);
    return date == null ? null : date.toInstant();
  }

  private <T extends Representation> RestResponse<T> validated(
      ResponseBuilder<T> response, Representation resource) {
    return response
        .header(HttpHeaders.ETAG, tag(resource))
        .header(HttpHeaders.LAST_MODIFIED, DateFormatter.format(Date.from(lastModified(resource))))
        .build();
  }

  /** To the second, as HTTP has it. */
  private static Instant lastModified(Representation resource) {
    return resource.lastModified().truncatedTo(ChronoUnit.SECONDS);
  }

  private String tag(Representation resource) {
    try {
      byte[] hash = Sha256.of(json.writeValueAsBytes(resource));
      return '"'
          + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, TAG_BYTES))
          + '"';
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
