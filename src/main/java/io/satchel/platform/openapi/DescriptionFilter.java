package io.satchel.platform.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Completes the description at build time, after Quarkus has read {@code META-INF/openapi.yaml} and
 * the annotations of all resources.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class DescriptionFilter implements OASFilter {

  @Override
  public void filterOpenAPI(OpenAPI description) {
    Components components = description.getComponents();
    completeSchemas(components);
    components.getSecuritySchemes().get("oauth2").getFlows().getPassword().setScopes(Map.of());
    Paths paths = OASFactory.createPaths();
    description
        .getPaths()
        .getPathItems()
        .forEach((path, item) -> {
          boolean isResource = path.endsWith("}") && item.getGET() != null;
          item.getOperations()
              .forEach((method, operation) -> {
                new OperationFilter(method, operation, isResource, components.getSchemas())
                    .complete();
                sortResponses(operation);
              });
          paths.addPathItem(isList(item) ? path + "/" : path, item);
        });
    description.setPaths(paths);
  }

  /**
   * Some generated clients use the first response to choose their Accept header, so the successful
   * one must be the first. The descriptions that Quarkus generates are the names of the statuses.
   */
  private static void sortResponses(Operation operation) {
    APIResponses sorted = OASFactory.createAPIResponses();
    new TreeMap<>(operation.getResponses().getAPIResponses())
        .forEach((status, response) -> {
          switch (String.valueOf(response.getDescription())) {
            case "OK" -> response.setDescription("The request succeeded.");
            case "Created" -> response.setDescription("The resource was created.");
            case "No Content" -> response.setDescription("The resource was deleted.");
            default -> {}
          }
          sorted.addAPIResponse(status, response);
        });
    operation.setResponses(sorted);
  }

  /** Collections have the trailing slash of the FastAPI tutorial. */
  private static boolean isList(PathItem item) {
    return item.getGET() != null && item.getGET().getOperationId().startsWith("list");
  }

  @Override
  public Parameter filterParameter(Parameter parameter) {
    String name = String.valueOf(parameter.getName());
    if (parameter.getIn() == Parameter.In.PATH && name.endsWith("_id")) {
      parameter.description("The id of the " + name.replace("_id", "") + ".");
    }
    return switch (name) {
      case "skip" -> parameter.description("The number of elements to leave out at the start.");
      case "limit" -> parameter.description("The maximum number of elements on the page.");
      case "after" ->
          parameter
              .description("The cursor of the page, from the Link header of the previous page.")
              .schema(OASFactory.createSchema().addType(SchemaType.STRING));
      case "q", "sort" -> {
        parameter.getSchema().setPattern(null); // The description says more.
        yield parameter;
      }
      default -> parameter;
    };
  }

  private static void completeSchemas(Components components) {
    Map<String, Schema> all = components.getSchemas();
    Map<String, Schema> schemas = new LinkedHashMap<>(all);
    schemas.remove("Cursor"); // For clients, a cursor is a string.
    schemas.values().removeIf(schema -> schema.getRef() != null);
    for (Schema schema : schemas.values()) {
      if (schema.getProperties() != null) {
        requireMembersOfResponse(schema);
        schema.getProperties().values().forEach(member -> resolveArrayElements(member, all));
      }
    }
    components.setSchemas(schemas);
  }

  /** A response always has all members, some of which can be null. A request schema is closed. */
  private static void requireMembersOfResponse(Schema schema) {
    boolean isRequest = schema.getAdditionalPropertiesSchema() != null;
    if (!isRequest && schema.getRequired() == null) {
      schema.setRequired(List.copyOf(schema.getProperties().keySet()));
    }
  }

  /** Replaces a reference to an alias by a reference to the schema itself. */
  private static void resolveArrayElements(Schema member, Map<String, Schema> all) {
    if (member.getItems() != null && member.getItems().getRef() != null) {
      String alias = all.get(member.getItems().getRef().replaceAll(".*/", "")).getRef();
      if (alias != null) {
        member.getItems().setRef(alias);
      }
    }
  }
}
