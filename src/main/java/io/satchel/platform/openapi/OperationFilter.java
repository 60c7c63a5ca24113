package io.satchel.platform.openapi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Adds to an operation the headers and the problems that follow from its form. */
final class OperationFilter {

  private final HttpMethod method;
  private final Operation operation;
  private final boolean isResource;
  private final Map<String, Schema> schemas;

  /** Creates a filter; a resource is a path that can be read and ends with an id. */
  OperationFilter(
      HttpMethod method, Operation operation, boolean isResource, Map<String, Schema> schemas) {
    this.method = method;
    this.operation = operation;
    this.isResource = isResource;
    this.schemas = schemas;
  }

  void complete() {
    addHeaders();
    addProblems();
    // An empty list means that anyone may call the operation.
    operation.setSecurity(
        operation.getSecurity() == null
            ? List.of()
            : List.of(OASFactory.createSecurityRequirement().addScheme("oauth2")));
  }

  private void addHeaders() {
    if (operation.getOperationId().startsWith("list")) {
      addRequestHeader("Prefer");
      addResponseHeaders("200", "Link", "X-Total-Count", "Preference-Applied");
    }
    if (responses().getAPIResponse("201") != null && operation.getSecurity() != null) {
      addRequestHeader("Idempotency-Key");
      addResponseHeaders("201", "Idempotent-Replayed");
      addProblem("409", "in-progress-or-item-quota");
      addProblem("422", "key-reused");
    }
    if (isTagged("201")) {
      addResponseHeaders("201", "Location", "ETag");
    }
    if (isTagged("200")) {
      addResponseHeaders("200", "ETag");
    }
    addPreconditions();
  }

  private void addPreconditions() {
    if (method == HttpMethod.GET && isTagged("200")) {
      addRequestHeader("If-None-Match");
      responses()
          .addAPIResponse(
              "304",
              OASFactory.createAPIResponse()
                  .description("The client already has the current representation."));
      addResponseHeaders("304", "ETag");
      addProblem("412", "precondition-failed");
    }
    if (method != HttpMethod.GET && isResource) {
      addRequestHeader("If-Match");
      addProblem("412", "precondition-failed");
    }
  }

  private void addProblems() {
    addProblem("400", "bad-request");
    addProblem("406", "not-acceptable");
    addProblem("413", "content-too-large");
    addProblem("429", "too-many-requests");
    addProblem("500", "internal-error");
    addProblem("503", "unavailable");
    if (hasParameter(Parameter.In.PATH) || hasParameter(Parameter.In.QUERY) || hasJsonBody()) {
      addProblem("422", "invalid-input");
    }
    if (hasParameter(Parameter.In.PATH)) {
      addProblem("404", "not-found");
    }
    if (operation.getSecurity() != null) {
      addProblem("401", "unauthorized");
      addProblem("403", "forbidden");
    }
    if (operation.getRequestBody() != null) {
      addProblem("408", "request-timeout");
      addProblem("415", "unsupported-media-type");
    }
  }

  private APIResponses responses() {
    return operation.getResponses();
  }

  private boolean hasParameter(Parameter.In in) {
    return Stream.ofNullable(operation.getParameters())
        .flatMap(List::stream)
        .anyMatch(parameter -> parameter.getIn() == in);
  }

  private boolean hasJsonBody() {
    return operation.getRequestBody() != null
        && operation.getRequestBody().getContent().hasMediaType("application/json");
  }

  /** Returns whether the body of a response is a resource, which has an updated_at member. */
  private boolean isTagged(String status) {
    return Stream.ofNullable(responses().getAPIResponse(status))
        .map(APIResponse::getContent)
        .filter(Objects::nonNull)
        .flatMap(content -> content.getMediaTypes().values().stream())
        .map(type -> schemas.get(String.valueOf(type.getSchema().getRef()).replaceAll(".*/", "")))
        .anyMatch(schema ->
            schema != null
                && schema.getProperties() != null
                && schema.getProperties().containsKey("updated_at"));
  }

  private void addRequestHeader(String header) {
    operation.addParameter(OASFactory.createParameter().ref(header));
  }

  private void addResponseHeaders(String status, String... headers) {
    for (String header : headers) {
      responses().getAPIResponse(status).addHeader(header, OASFactory.createHeader().ref(header));
    }
  }

  /** Adds a problem, unless the resource documents the status. */
  private void addProblem(String status, String name) {
    APIResponse documented = responses().getAPIResponse(status);
    if (documented == null || (documented.getRef() == null && documented.getContent() == null)) {
      responses().addAPIResponse(status, OASFactory.createAPIResponse().ref(name));
    }
  }
}
