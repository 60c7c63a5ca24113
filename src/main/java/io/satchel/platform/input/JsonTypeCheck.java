package io.satchel.platform.input;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openapitools.jackson.nullable.JsonNullable;

/**
 * Checks a JSON document against the types that Jackson will read it as. It adds each fault to the
 * {@link InputErrors}, and replaces it by null, so that reading cannot stop at the first one. It
 * accepts only the JSON type that the OpenAPI description documents; Jackson would convert 5 to
 * "5".
 */
final class JsonTypeCheck {

  /** Characters that PostgreSQL cannot store: U+0000 and unpaired surrogates. */
  private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

  private final DeserializationConfig config;
  private final InputErrors errors;

  /** The members of each record, which Jackson would determine anew each time. */
  private final Map<JavaType, Map<String, JavaType>> membersOfRecords = new ConcurrentHashMap<>();

  JsonTypeCheck(DeserializationConfig config, InputErrors errors) {
    this.config = config;
    this.errors = errors;
  }

  /** Returns the value without what does not have its type. */
  JsonNode check(JsonNode value, JavaType type, JsonPointer location) {
    if (type.hasRawClass(JsonNullable.class)) {
      return check(value, type.containedType(0), location);
    }
    Class<?> raw = type.getRawClass();
    if (value.isNull() || isScalar(value, raw)) {
      return UNSTORABLE.matcher(value.asText()).find()
          ? reject(location, "must not contain U+0000 or an unpaired surrogate")
          : value;
    }
    if (value.isArray() && List.class.isAssignableFrom(raw)) {
      return elements(value, type.getContentType(), location);
    }
    return value.isObject() && raw.isRecord()
        ? members(value, type, location)
        : reject(location, InputErrors.expected(raw));
  }

  private static boolean isScalar(JsonNode value, Class<?> type) {
    if (type == Boolean.class) {
      return value.isBoolean();
    }
    String text = value.textValue();
    if (text == null) {
      return false;
    }
    return type == String.class
        || (type == LocalDate.class && Rfc3339.isDate(text))
        || (type.isEnum()
            && Stream.of(type.getEnumConstants()).map(Object::toString).anyMatch(text::equals));
  }

  private JsonNode elements(JsonNode array, JavaType type, JsonPointer location) {
    ArrayNode checked = JsonNodeFactory.instance.arrayNode(array.size());
    for (JsonNode element : array) {
      checked.add(check(element, type, location.appendIndex(checked.size())));
    }
    return checked;
  }

  private JsonNode members(JsonNode object, JavaType type, JsonPointer location) {
    Map<String, JavaType> types = membersOfRecords.computeIfAbsent(type, this::membersOf);
    ObjectNode checked = JsonNodeFactory.instance.objectNode();
    object
        .properties()
        .forEach(member -> {
          String name = member.getKey();
          JsonPointer here = location.appendProperty(name);
          if (types.containsKey(name)) {
            checked.set(name, check(member.getValue(), types.get(name), here));
          } else {
            reject(here, "is not a known member");
          }
        });
    return checked;
  }

  private Map<String, JavaType> membersOf(JavaType type) {
    return config.introspect(type).findProperties().stream()
        .collect(toMap(BeanPropertyDefinition::getName, BeanPropertyDefinition::getPrimaryType));
  }

  private JsonNode reject(JsonPointer location, String detail) {
    errors.add(location.toString(), detail);
    return NullNode.instance;
  }
}
