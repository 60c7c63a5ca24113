package io.satchel.platform.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Completes the schemas with what the Java types do not say. */
final class SchemaCustomizer {

  private SchemaCustomizer() {}

  static void complete(Components components) {
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
    if (member.getItems() == null || member.getItems().getRef() == null) {
      return;
    }
    String name = member.getItems().getRef().replaceAll(".*/", "");
    if (all.get(name).getRef() != null) {
      member.getItems().setRef(all.get(name).getRef());
    }
  }
}
