package io.satchel.http;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Says of the parameters in the OpenAPI description what holds for all of that name. */
final class DescribedParameters {

  private DescribedParameters() {}

  static void describe(Parameter parameter) {
    switch (String.valueOf(parameter.getName())) {
      case "skip" -> parameter.description("How many to leave out at the start.");
      case "limit" -> parameter.description("How many to list at most.");
      case "after" ->
          parameter
              .description("Where to go on: the cursor that a Link header carries.")
              .schema(OASFactory.createSchema().addType(SchemaType.STRING));
      case "q", "sort" -> parameter.getSchema().setPattern(null); // which says less than the rest
      default -> {}
    }
  }

  static boolean isInPathOrQuery(Parameter parameter) {
    return isInPath(parameter) || parameter.getIn() == Parameter.In.QUERY;
  }

  static boolean isInPath(Parameter parameter) {
    return parameter.getIn() == Parameter.In.PATH;
  }
}
