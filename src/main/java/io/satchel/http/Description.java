package io.satchel.http;

import static io.satchel.http.ProblemType.BAD_REQUEST;
import static io.satchel.http.ProblemType.CONTENT_TOO_LARGE;
import static io.satchel.http.ProblemType.FORBIDDEN;
import static io.satchel.http.ProblemType.INTERNAL_ERROR;
import static io.satchel.http.ProblemType.INVALID_INPUT;
import static io.satchel.http.ProblemType.NOT_ACCEPTABLE;
import static io.satchel.http.ProblemType.NOT_FOUND;
import static io.satchel.http.ProblemType.TOO_MANY_REQUESTS;
import static io.satchel.http.ProblemType.UNAUTHORIZED;
import static io.satchel.http.ProblemType.UNAVAILABLE;
import static io.satchel.http.ProblemType.UNSUPPORTED_MEDIA_TYPE;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Adds to the OpenAPI description what holds for many operations, so that no resource repeats it.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class Description implements OASFilter {

  /** The answer of an operation that registers a value that has to be unique. */
  public static final String TAKEN = "taken";

  /** How callers prove who they are. */
  public static final String SECURITY_SCHEME = "oauth2";

  /** The answer of an operation that asks for the caller's password again. */
  public static final String WRONG_PASSWORD = "wrong-password";

  @Override
  public void filterOpenAPI(OpenAPI description) {
    DescribedSchemas.complete(description.getComponents());
    DescribedProblems.addTo(description.getComponents());
    DescribedHeaders.addTo(description.getComponents());
    description
        .getComponents()
        .getSecuritySchemes()
        .get(SECURITY_SCHEME)
        .getFlows()
        .getPassword()
        .setScopes(Map.of());
    Map<String, Schema> schemas = description.getComponents().getSchemas();
    Paths paths = OASFactory.createPaths();
    description
        .getPaths()
        .getPathItems()
        .forEach((path, item) -> {
          item.getOperations()
              .forEach((method, operation) -> complete(method, operation, path, schemas));
          paths.addPathItem(isList(item) ? path + "/" : path, item);
        });
    description.setPaths(paths);
  }

  private static boolean isList(PathItem item) {
    return item.getGET() != null && item.getGET().getOperationId().startsWith("list");
  }

  private static void complete(
      HttpMethod method, Operation operation, String path, Map<String, Schema> schemas) {
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(DescribedParameters::describe);
    }
    if (operation.getSecurity() != null) { // by roles, of which OAuth's scopes know nothing
      operation.setSecurity(
          List.of(OASFactory.createSecurityRequirement().addScheme(SECURITY_SCHEME)));
    }
    APIResponses responses = operation.getResponses();
    DescribedHeaders.complete(method, operation, path, schemas);
    for (ProblemType type : problemsOf(operation)) {
      String status = Integer.toString(type.status);
      if (!isSaid(responses.getAPIResponse(status))) {
        responses.addAPIResponse(status, OASFactory.createAPIResponse().ref(type.slug()));
      }
    }
  }

  /** Whether the resource itself says what that answer is. */
  private static boolean isSaid(APIResponse response) {
    return response != null && (response.getRef() != null || response.getContent() != null);
  }

  private static Set<ProblemType> problemsOf(Operation operation) {
    Set<ProblemType> types =
        new TreeSet<>(
            List.of(
                BAD_REQUEST,
                NOT_ACCEPTABLE,
                CONTENT_TOO_LARGE,
                TOO_MANY_REQUESTS,
                INTERNAL_ERROR,
                UNAVAILABLE));
    if (operation.getParameters() != null) {
      if (operation.getParameters().stream().anyMatch(DescribedParameters::isInPathOrQuery)) {
        types.add(INVALID_INPUT);
      }
      if (operation.getParameters().stream().anyMatch(DescribedParameters::isInPath)) {
        types.add(NOT_FOUND);
      }
    }
    if (operation.getSecurity() != null) {
      types.addAll(List.of(UNAUTHORIZED, FORBIDDEN));
    }
    if (operation.getRequestBody() != null) {
      types.add(UNSUPPORTED_MEDIA_TYPE);
      if (operation.getRequestBody().getContent().hasMediaType("application/json")) {
        types.add(INVALID_INPUT);
      }
    }
    return types;
  }
}
