package io.satchel.platform.conditional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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

  static Validators of(Representation representation, ObjectMapper json) {
    try {
      byte[] hash = Digests.sha256(json.writeValueAsBytes(representation));
      byte[] prefix = Arrays.copyOf(hash, ETAG_BYTES);
      return new Validators(
          '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(prefix) + '"',
          representation.lastModified().truncatedTo(ChronoUnit.SECONDS));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  <T> RestResponse<T> addTo(ResponseBuilder<T> response) {
    return response
        .header(HttpHeaders.ETAG, etag)
        .header(HttpHeaders.LAST_MODIFIED, DateFormatter.format(Date.from(lastModified)))
        .build();
  }
}
