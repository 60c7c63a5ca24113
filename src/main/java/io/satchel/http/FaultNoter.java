package io.satchel.http;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * Notes what Jackson cannot read in the faults of the request (an attribute of the context), puts
 * null in its place, and lets Jackson read on.
 */
final class FaultNoter extends DeserializationProblemHandler {

  /** Notes a fault in the value that the parser is at. */
  static void note(DeserializationContext context, JsonParser parser, String detail) {
    note(context, parser.getParsingContext().pathAsPointer(), detail);
  }

  private static void note(DeserializationContext context, JsonPointer pointer, String detail) {
    ((Faults) context.getAttribute(Faults.class)).add(pointer.toString(), detail);
  }

  @Override
  public boolean handleUnknownProperty(
      DeserializationContext context,
      JsonParser parser,
      JsonDeserializer<?> reader,
      Object bean,
      String name)
      throws IOException {
    note(context, unknown(context.getParser(), parser, name), "is not a member that can be sent");
    parser.skipChildren();
    return true;
  }

  @Override
  public Object handleUnexpectedToken(
      DeserializationContext context,
      JavaType wanted,
      JsonToken token,
      JsonParser parser,
      String message)
      throws IOException {
    return refuse(context, parser, wanted.getRawClass());
  }

  @Override
  public Object handleMissingInstantiator(
      DeserializationContext context,
      Class<?> wanted,
      ValueInstantiator instantiator,
      JsonParser parser,
      String message)
      throws IOException {
    return refuse(context, parser, wanted);
  }

  @Override
  public Object handleWeirdStringValue(
      DeserializationContext context, Class<?> wanted, String value, String message)
      throws IOException {
    return refuse(context, context.getParser(), wanted);
  }

  /**
   * Where the unknown member is: a record's may be read from a copy, once the record is complete.
   */
  private static JsonPointer unknown(JsonParser original, JsonParser parser, String name) {
    JsonPointer place = original.getParsingContext().pathAsPointer();
    if (original.equals(parser)) {
      return place;
    }
    JsonPointer object = original.hasToken(JsonToken.FIELD_NAME) ? place.head() : place;
    return object.appendProperty(name);
  }

  private static Object refuse(DeserializationContext context, JsonParser parser, Class<?> wanted)
      throws IOException {
    note(context, parser, "must be " + inWords(wanted));
    parser.skipChildren();
    return null;
  }

  /** What a value of that type has to be. */
  static String inWords(Class<?> type) {
    if (type == String.class) {
      return "a string";
    }
    if (type == Boolean.class) {
      return "true or false";
    }
    if (type == LocalDate.class) {
      return "a date, as in 2026-12-31";
    }
    if (type.isEnum()) {
      return Stream.of(type.getEnumConstants())
          .map(String::valueOf)
          .collect(joining(", ", "one of: ", ""));
    }
    return List.class.isAssignableFrom(type) ? "a JSON array" : "a JSON object";
  }
}
