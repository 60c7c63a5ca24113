package io.satchel.platform.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Runs at build time, after Quarkus has scanned the annotations of all resources. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class OpenApiDocumentFilter implements OASFilter {

  @Override
  public void filterOpenAPI(OpenAPI description) {
    Components components = description.getComponents();
    SchemaCustomizer.complete(components);
    ProblemResponses.addTo(components);
    HeaderCustomizer.addTo(components);
    components
        .getSecuritySchemes()
        .get(OpenApiComponentNames.SECURITY_SCHEME)
        .getFlows()
        .getPassword()
        .setScopes(Map.of());
    Paths paths = OASFactory.createPaths();
    description
        .getPaths()
        .getPathItems()
        .forEach((path, item) -> {
          boolean isResource = path.endsWith("}") && item.getGET() != null;
          item.getOperations()
              .forEach((method, operation) ->
                  complete(method, operation, isResource, components.getSchemas()));
          paths.addPathItem(isList(item) ? path + "/" : path, item);
        });
    description.setPaths(paths);
  }

  /** Collections have the trailing slash of the FastAPI tutorial. */
  private static boolean isList(PathItem item) {
    return item.getGET() != null && item.getGET().getOperationId().startsWith("list");
  }

  private static void complete(
      HttpMethod method, Operation operation, boolean isResource, Map<String, Schema> schemas) {
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(ParameterCustomizer::complete);
    }
    HeaderCustomizer.complete(method, operation, isResource, schemas);
    ProblemResponses.complete(operation);
    // An empty list means that anyone may call the operation.
    operation.setSecurity(
        operation.getSecurity() == null
            ? List.of()
            : List.of(
                OASFactory.createSecurityRequirement()
                    .addScheme(OpenApiComponentNames.SECURITY_SCHEME)));
    operation.getResponses().getAPIResponses().values().forEach(OpenApiDocumentFilter::describe);
    operation.setResponses(sortedByStatus(operation.getResponses()));
  }

  /** Replaces the descriptions that Quarkus generates, which are the names of the statuses. */
  private static void describe(APIResponse response) {
    switch (String.valueOf(response.getDescription())) {
      case "OK" -> response.setDescription("The request succeeded.");
      case "Created" -> response.setDescription("The resource was created.");
      case "No Content" -> response.setDescription("The resource was deleted.");
      default -> {}
    }
  }

  /**
   * Some generated clients use the first response to choose their Accept header, so the successful
   * one must be the first.
   */
  private static APIResponses sortedByStatus(APIResponses responses) {
    APIResponses sorted = OASFactory.createAPIResponses();
    new TreeMap<>(responses.getAPIResponses()).forEach(sorted::addAPIResponse);
    return sorted;
  }
}
