package io.satchel.platform.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * Accepts only the JSON type that the OpenAPI description documents. Jackson would convert 5 to
 * "5", "true" to true, [2026, 12, 31] to a date, and " public" to an enum constant.
 */
final class StrictScalars extends SimpleModule {

  @Serial private static final long serialVersionUID = 1;

  /** Characters that PostgreSQL cannot store: U+0000 and unpaired surrogates. */
  private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

  /** Reads a value. It reports an error to the context if the value does not have the type. */
  private interface Reader extends Serializable {

    Object read(JsonParser parser, DeserializationContext context, Class<?> type)
        throws IOException;
  }

  StrictScalars() {
    addDeserializer(String.class, new Deserializer<>(String.class, StrictScalars::readString));
    addDeserializer(Boolean.class, new Deserializer<>(Boolean.class, StrictScalars::readBoolean));
    addDeserializer(LocalDate.class, new Deserializer<>(LocalDate.class, StrictScalars::readDate));
    setDeserializerModifier(
        new BeanDeserializerModifier() {
          @Override
          public JsonDeserializer<?> modifyEnumDeserializer(
              DeserializationConfig config,
              JavaType type,
              BeanDescription description,
              JsonDeserializer<?> reader) {
            return new Deserializer<>(type.getRawClass(), StrictScalars::readEnum);
          }
        });
  }

  private static Object readString(JsonParser parser, DeserializationContext context, Class<?> type)
      throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return context.handleUnexpectedToken(type, parser);
    }
    if (UNSTORABLE.matcher(parser.getText()).find()) {
      JsonErrorCollector.add(context, parser, "must not contain U+0000 or an unpaired surrogate");
      return null;
    }
    return parser.getText();
  }

  private static Object readBoolean(
      JsonParser parser, DeserializationContext context, Class<?> type) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> context.handleUnexpectedToken(type, parser);
    };
  }

  private static Object readDate(JsonParser parser, DeserializationContext context, Class<?> type)
      throws IOException {
    if (parser.hasToken(JsonToken.VALUE_STRING)) {
      try {
        return Rfc3339.date(parser.getText());
      } catch (DateTimeException e) {
        return context.handleWeirdStringValue(type, parser.getText(), e.getMessage());
      }
    }
    return context.handleUnexpectedToken(type, parser);
  }

  /** Reads an enum constant from the exact text of its {@code toString}. */
  private static Object readEnum(JsonParser parser, DeserializationContext context, Class<?> type)
      throws IOException {
    if (parser.hasToken(JsonToken.VALUE_STRING)) {
      for (Object constant : type.getEnumConstants()) {
        if (constant.toString().equals(parser.getText())) {
          return constant;
        }
      }
    }
    return context.handleUnexpectedToken(type, parser);
  }

  private static final class Deserializer<T> extends StdScalarDeserializer<T> {

    @Serial private static final long serialVersionUID = 1;

    private final Reader reader;

    Deserializer(Class<T> type, Reader reader) {
      super(type);
      this.reader = reader;
    }

    @Override
    @SuppressWarnings("unchecked") // Each reader returns a value of its type.
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return (T) reader.read(parser, context, handledType());
    }
  }
}
