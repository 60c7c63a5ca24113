package io.satchel.platform.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import java.io.IOException;

/**
 * Adds what Jackson cannot read to the {@link InputErrors} of the request (an attribute of the
 * context), replaces it by null, and lets Jackson continue.
 */
final class JsonErrorCollector extends DeserializationProblemHandler {

  /** Adds an error at the parser's current location. */
  static void add(DeserializationContext context, JsonParser parser, String detail) {
    add(context, parser.getParsingContext().pathAsPointer(), detail);
  }

  private static void add(DeserializationContext context, JsonPointer pointer, String detail) {
    ((InputErrors) context.getAttribute(InputErrors.class)).add(pointer.toString(), detail);
  }

  @Override
  public boolean handleUnknownProperty(
      DeserializationContext context,
      JsonParser parser,
      JsonDeserializer<?> reader,
      Object bean,
      String name)
      throws IOException {
    add(context, unknownMember(context.getParser(), parser, name), "is not a known member");
    parser.skipChildren();
    return true;
  }

  @Override
  public Object handleUnexpectedToken(
      DeserializationContext context,
      JavaType expected,
      JsonToken token,
      JsonParser parser,
      String message)
      throws IOException {
    return reject(context, parser, expected.getRawClass());
  }

  @Override
  public Object handleMissingInstantiator(
      DeserializationContext context,
      Class<?> expected,
      ValueInstantiator instantiator,
      JsonParser parser,
      String message)
      throws IOException {
    return reject(context, parser, expected);
  }

  @Override
  public Object handleWeirdStringValue(
      DeserializationContext context, Class<?> expected, String value, String message)
      throws IOException {
    return reject(context, context.getParser(), expected);
  }

  /**
   * Returns the location of an unknown member. Jackson may read the members of a record from a
   * buffered copy, whose parser does not know where in the body it is.
   */
  private static JsonPointer unknownMember(JsonParser original, JsonParser parser, String name) {
    JsonPointer location = original.getParsingContext().pathAsPointer();
    if (original.equals(parser)) {
      return location;
    }
    JsonPointer object = original.hasToken(JsonToken.FIELD_NAME) ? location.head() : location;
    return object.appendProperty(name);
  }

  private static Object reject(DeserializationContext context, JsonParser parser, Class<?> expected)
      throws IOException {
    add(context, parser, InputErrors.expected(expected));
    parser.skipChildren();
    return null;
  }
}
