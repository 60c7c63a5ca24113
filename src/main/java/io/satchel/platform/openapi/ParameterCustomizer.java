package io.satchel.platform.openapi;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Documents the parameters that several operations have. */
final class ParameterCustomizer {

  private ParameterCustomizer() {}

  static void complete(Parameter parameter) {
    String name = String.valueOf(parameter.getName());
    if (isInPath(parameter) && name.endsWith("_id")) {
      parameter.description("The id of the " + name.replace("_id", "") + ".");
    }
    switch (name) {
      case "skip" -> parameter.description("The number of elements to leave out at the start.");
      case "limit" -> parameter.description("The maximum number of elements on the page.");
      case "after" ->
          parameter
              .description("The cursor of the page, from the Link header of the previous page.")
              .schema(OASFactory.createSchema().addType(SchemaType.STRING));
      case "q", "sort" -> parameter.getSchema().setPattern(null); // The description says more.
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
