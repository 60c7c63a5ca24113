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
    Body body = write(representation);
    Validators current = body.validators();
    Preconditions preconditions = new Preconditions(request);
    preconditions.require(current);
    return preconditions.isNotModified(current, representation.supportsIfModifiedSince())
        ? current.addTo(ResponseBuilder.create(Status.NOT_MODIFIED))
        : current.addTo(ResponseBuilder.ok(body.json()));
  }

  /** Returns a 200 response to a change, with the new representation. */
  public RestResponse<String> updated(Representation representation) {
    Body body = write(representation);
    return body.validators().addTo(ResponseBuilder.ok(body.json()));
  }

  /** Returns a 201 response with the path and the representation of the new resource. */
  public RestResponse<String> created(String path, Representation representation) {
    Body body = write(representation);
    return body.validators()
        .addTo(ResponseBuilder.<String>created(URI.create(path)).entity(body.json()));
  }

  /**
   * Checks the preconditions of a change. The representation is only built if there are any.
   *
   * @throws ProblemException 412 if one of them is false
   */
  public void requirePreconditions(Supplier<? extends Representation> current) {
    Preconditions preconditions = new Preconditions(request);
    if (preconditions.arePresent()) {
      preconditions.require(write(current.get()).validators());
    }
  }

  /** Escapes the same characters as in a list, unlike writeValueAsString. */
  private Body write(Representation representation) {
    try {
      String text = new String(json.writeValueAsBytes(representation), UTF_8);
      return new Body(text, Validators.of(text, representation.lastModified()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Body(String json, Validators validators) {}
}
