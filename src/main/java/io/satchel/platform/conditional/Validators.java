package io.satchel.platform.conditional;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.DateFormatter;
import io.satchel.platform.crypto.Digests;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * The validators of a representation (RFC 9110, section 8.8): a strong ETag, which is a hash of the
 * JSON, and Last-Modified in seconds.
 */
record Validators(String etag, Instant lastModified) {

  private static final int ETAG_BYTES = 16;

  static Validators of(String json, Instant lastModified) {
    byte[] prefix = Arrays.copyOf(Digests.sha256(json.getBytes(UTF_8)), ETAG_BYTES);
    return new Validators(
        '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(prefix) + '"',
        lastModified.truncatedTo(ChronoUnit.SECONDS));
  }

  <T> RestResponse<T> addTo(ResponseBuilder<T> response) {
    return response
        .header(HttpHeaders.ETAG, etag)
        .header(HttpHeaders.LAST_MODIFIED, DateFormatter.format(Date.from(lastModified)))
        .build();
  }
}
