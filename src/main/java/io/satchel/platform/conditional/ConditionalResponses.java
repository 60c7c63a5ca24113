package io.satchel.platform.conditional;

import static jakarta.ws.rs.core.HttpHeaders.IF_MATCH;
import static jakarta.ws.rs.core.HttpHeaders.IF_NONE_MATCH;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.satchel.platform.crypto.Digests;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/**
 * Builds responses with a strong ETag, a hash of the JSON, and checks the preconditions of the
 * request. The JSON is the body, so that it is only written once.
 */
@RequestScoped
public class ConditionalResponses {

  private static final int ETAG_BYTES = 16;

  @Inject Request request;
  @Inject ObjectMapper json;

  /**
   * Returns a response to a read: 200 with the representation, or 304 if the client has it already.
   *
   * @throws ProblemException 412 if a precondition is false
   */
  public RestResponse<byte[]> read(Object representation) {
    byte[] body = write(representation);
    EntityTag tag = tagOf(body);
    return clientHas(tag)
        ? ResponseBuilder.<byte[]>create(Status.NOT_MODIFIED).tag(tag).build()
        : ResponseBuilder.ok(body).tag(tag).build();
  }

  /** Returns a 200 response to a change, with the new representation. */
  public RestResponse<byte[]> updated(Object representation) {
    byte[] body = write(representation);
    return ResponseBuilder.ok(body).tag(tagOf(body)).build();
  }

  /** Returns a 201 response with the path and the representation of the new resource. */
  public RestResponse<byte[]> created(String path, Object representation) {
    byte[] body = write(representation);
    // It is only there if a trusted proxy has set it (ForwardedRequests).
    String prefix = Objects.requireNonNullElse(headers().getFirst("X-Forwarded-Prefix"), "");
    return ResponseBuilder.<byte[]>created(URI.create(prefix + path))
        .entity(body)
        .tag(tagOf(body))
        .build();
  }

  /**
   * Checks the preconditions of a change. The representation is only built if there are any.
   *
   * @throws ProblemException 412 if one of them is false
   */
  public void requirePreconditions(Supplier<?> current) {
    MultivaluedMap<String, String> headers = headers();
    if (headers.containsKey(IF_MATCH) || headers.containsKey(IF_NONE_MATCH)) {
      clientHas(tagOf(write(current.get())));
    }
  }

  /**
   * Evaluates the preconditions, and returns whether the client has the representation already.
   *
   * @throws ProblemException 412 if one of them is false
   */
  private boolean clientHas(EntityTag current) {
    // Jakarta REST compares weak tags strongly (RFC 9110, section 13.1.2), and takes "*" for *.
    correct(IF_NONE_MATCH, value -> value.replace("W/\"", "\""));
    correct(IF_NONE_MATCH, ConditionalResponses::withoutAsterisks);
    correct(IF_MATCH, ConditionalResponses::withoutAsterisks);
    Response.ResponseBuilder response = request.evaluatePreconditions(current);
    if (response == null) {
      return false;
    }
    if (response.build().getStatus() == ProblemType.PRECONDITION_FAILED.status) {
      throw new ProblemException(ProblemType.PRECONDITION_FAILED);
    }
    return true;
  }

  private static String withoutAsterisks(String value) {
    return value.strip().equals("*") ? value : value.replace("*", "");
  }

  private static void correct(String header, UnaryOperator<String> correction) {
    headers().computeIfPresent(header, (name, values) -> values.stream().map(correction).toList());
  }

  private static MultivaluedMap<String, String> headers() {
    return CurrentRequestManager.get().getHttpHeaders().getMutableHeaders();
  }

  private byte[] write(Object representation) {
    try {
      return json.writeValueAsBytes(representation);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static EntityTag tagOf(byte[] body) {
    byte[] prefix = Arrays.copyOf(Digests.sha256(body), ETAG_BYTES);
    return new EntityTag(Base64.getUrlEncoder().withoutPadding().encodeToString(prefix));
  }
}
