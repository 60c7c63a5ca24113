package io.satchel.http;

import static io.satchel.http.ProblemType.BAD_REQUEST;
import static io.satchel.http.ProblemType.CONTENT_TOO_LARGE;
import static io.satchel.http.ProblemType.INTERNAL_ERROR;
import static io.satchel.http.ProblemType.INVALID_INPUT;
import static io.satchel.http.ProblemType.NOT_ACCEPTABLE;
import static io.satchel.http.ProblemType.NOT_FOUND;
import static io.satchel.http.ProblemType.UNAVAILABLE;
import static io.satchel.http.ProblemType.UNSUPPORTED_MEDIA_TYPE;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Adds to the OpenAPI description what holds for many operations, so that no resource repeats it.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class Description implements OASFilter {

  /** The answer of an operation that registers a value that has to be unique. */
  public static final String TAKEN = "taken";

  @Override
  public void filterOpenAPI(OpenAPI description) {
    DescribedSchemas.complete(description.getComponents());
    DescribedProblems.addTo(description.getComponents());
    Paths paths = OASFactory.createPaths();
    description
        .getPaths()
        .getPathItems()
        .forEach((path, item) -> {
          item.getOperations().values().forEach(Description::complete);
          paths.addPathItem(path.endsWith("}") ? path : path + "/", item);
        });
    description.setPaths(paths);
  }

  private static void complete(Operation operation) {
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(Description::describe);
    }
    APIResponses responses = operation.getResponses();
    if (operation.getOperationId().startsWith("list")) {
      addHeader(responses, "200", "Link", "While there is more, the next page: rel=\"next\".");
    }
    if (responses.hasAPIResponse("201")) {
      addHeader(responses, "201", "Location", "The URL of what was created.");
    }
    for (ProblemType type : problemsOf(operation)) {
      String status = Integer.toString(type.status);
      if (!responses.hasAPIResponse(status) || responses.getAPIResponse(status).getRef() == null) {
        responses.addAPIResponse(status, OASFactory.createAPIResponse().ref(type.slug()));
      }
    }
  }

  private static Set<ProblemType> problemsOf(Operation operation) {
    Set<ProblemType> types =
        new TreeSet<>(
            List.of(BAD_REQUEST, NOT_ACCEPTABLE, CONTENT_TOO_LARGE, INTERNAL_ERROR, UNAVAILABLE));
    if (operation.getParameters() != null) {
      types.add(INVALID_INPUT);
      if (operation.getParameters().stream().anyMatch(Description::isInPath)) {
        types.add(NOT_FOUND);
      }
    }
    if (operation.getRequestBody() != null) {
      types.addAll(List.of(UNSUPPORTED_MEDIA_TYPE, INVALID_INPUT));
    }
    return types;
  }

  private static void describe(Parameter parameter) {
    switch (parameter.getName()) {
      case "skip" -> parameter.description("How many to leave out at the start.");
      case "limit" -> parameter.description("How many to list at most.");
      case "after" ->
          parameter
              .description("Where to go on: the cursor that a Link header carries.")
              .schema(string());
      default -> {}
    }
  }

  private static boolean isInPath(Parameter parameter) {
    return parameter.getIn() == Parameter.In.PATH;
  }

  private static void addHeader(APIResponses responses, String status, String name, String text) {
    responses
        .getAPIResponse(status)
        .addHeader(name, OASFactory.createHeader().description(text).schema(string()));
  }

  private static Schema string() {
    return OASFactory.createSchema().addType(SchemaType.STRING);
  }
}
