package io.satchel.platform.conditional;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/**
 * Builds responses with validators, and checks the preconditions of the request. The body is the
 * JSON of which the ETag is a hash, so that it is only written once.
 */
@RequestScoped
public class ConditionalResponses {

  @Inject HttpServerRequest request;
  @Inject ObjectMapper json;

  /**
   * Returns a response to a read: 200 with the representation, or 304 if the client has it already.
   *
   * @throws ProblemException 412 if a precondition is false
   */
  public RestResponse<String> read(Representation representation) {
    String body = toJson(representation);
    Validators current = Validators.of(body, representation.lastModified());
    Preconditions preconditions = new Preconditions(request);
    preconditions.require(current);
    return preconditions.isNotModified(current, representation.supportsIfModifiedSince())
        ? current.addTo(ResponseBuilder.create(Status.NOT_MODIFIED))
        : current.addTo(ResponseBuilder.ok(body));
  }

  /** Returns a 200 response to a change, with the new representation. */
  public RestResponse<String> updated(Representation representation) {
    String body = toJson(representation);
    return Validators.of(body, representation.lastModified()).addTo(ResponseBuilder.ok(body));
  }

  /** Returns a 201 response with the path and the representation of the new resource. */
  public RestResponse<String> created(String path, Representation representation) {
    String body = toJson(representation);
    return Validators.of(body, representation.lastModified())
        .addTo(ResponseBuilder.<String>created(URI.create(path)).entity(body));
  }

  /**
   * Checks the preconditions of a change. The representation is only built if there are any.
   *
   * @throws ProblemException 412 if one of them is false
   */
  public void requirePreconditions(Supplier<? extends Representation> current) {
    Preconditions preconditions = new Preconditions(request);
    if (preconditions.arePresent()) {
      Representation representation = current.get();
      preconditions.require(Validators.of(toJson(representation), representation.lastModified()));
    }
  }

  /** Escapes the same characters as in a list, unlike writeValueAsString. */
  private String toJson(Representation representation) {
    try {
      return new String(json.writeValueAsBytes(representation), UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
