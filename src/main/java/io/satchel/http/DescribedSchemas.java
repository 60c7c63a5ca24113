package io.satchel.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Says of the schemas in the OpenAPI description what their Java types do not. */
final class DescribedSchemas {

  private DescribedSchemas() {}

  static void complete(Components components) {
    Map<String, Schema> all = components.getSchemas();
    Map<String, Schema> schemas = new LinkedHashMap<>(all);
    schemas.remove("Cursor"); // to a client it is a string
    schemas.values().removeIf(schema -> schema.getRef() != null);
    for (Schema schema : schemas.values()) {
      if (schema.getProperties() != null) {
        requireMembersOfAnswers(schema);
        schema.getProperties().values().forEach(member -> referDirectly(member, all));
      }
    }
    components.setSchemas(schemas);
  }

  /** What is answered has all of its members, if only as null. What is sent refuses others. */
  private static void requireMembersOfAnswers(Schema schema) {
    boolean isSent = schema.getAdditionalPropertiesSchema() != null;
    if (!isSent && schema.getRequired() == null) {
      schema.setRequired(List.copyOf(schema.getProperties().keySet()));
    }
  }

  /** Refers to the elements of an array past a schema that only stands for another. */
  private static void referDirectly(Schema member, Map<String, Schema> all) {
    if (member.getItems() == null || member.getItems().getRef() == null) {
      return;
    }
    String name = member.getItems().getRef().replaceAll(".*/", "");
    if (all.get(name).getRef() != null) {
      member.getItems().setRef(all.get(name).getRef());
    }
  }
}
