package io.satchel.platform.conditional;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** Builds responses with validators, and checks the preconditions of the request. */
@RequestScoped
public class ConditionalResponses {

  @Inject HttpServerRequest request;
  @Inject ObjectMapper json;

  /**
   * Returns a response to a read: 200 with the representation, or 304 if the client has it already.
   *
   * @throws ProblemException 412 if a precondition is false
   */
  public <T extends Representation> RestResponse<T> read(T representation) {
    Validators current = Validators.of(representation, json);
    Preconditions preconditions = new Preconditions(request);
    preconditions.require(current);
    return preconditions.isNotModified(current, representation.supportsIfModifiedSince())
        ? current.addTo(ResponseBuilder.create(Status.NOT_MODIFIED))
        : current.addTo(ResponseBuilder.ok(representation));
  }

  /** Returns a 200 response to a change, with the new representation. */
  public <T extends Representation> RestResponse<T> updated(T representation) {
    return Validators.of(representation, json).addTo(ResponseBuilder.ok(representation));
  }

  /** Returns a 201 response with the path and the representation of the new resource. */
  public <T extends Representation> RestResponse<T> created(String path, T representation) {
    return Validators.of(representation, json)
        .addTo(ResponseBuilder.<T>created(URI.create(path)).entity(representation));
  }

  /**
   * Checks the preconditions of a change. The representation is only built if there are any.
   *
   * @throws ProblemException 412 if one of them is false
   */
  public void requirePreconditions(Supplier<? extends Representation> current) {
    Preconditions preconditions = new Preconditions(request);
    if (preconditions.arePresent()) {
      preconditions.require(Validators.of(current.get(), json));
    }
  }
}
