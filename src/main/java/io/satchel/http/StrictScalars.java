package io.satchel.http;

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
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes each type in the one form that the description gives it, where Jackson would convert: 5 to
 * "5", "true" to true, [2026, 12, 31] to a date, " public" to public.
 */
final class StrictScalars extends SimpleModule {

  @Serial private static final long serialVersionUID = 1;

  StrictScalars() {
    addDeserializer(String.class, new Text());
    addDeserializer(Boolean.class, new Flag());
    addDeserializer(LocalDate.class, new Day());
    setDeserializerModifier(new Choices());
  }

  /** Text that PostgreSQL can keep: it has no U+0000, and UTF-8 has no lone surrogates. */
  private static final class Text extends StdScalarDeserializer<String> {

    @Serial private static final long serialVersionUID = 1;

    private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

    Text() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return (String) context.handleUnexpectedToken(String.class, parser);
      }
      String text = parser.getText();
      if (UNSTORABLE.matcher(text).find()) {
        FaultNoter.note(context, parser, "must not contain U+0000 or half a surrogate pair");
        return null;
      }
      return text;
    }
  }

  private static final class Flag extends StdScalarDeserializer<Boolean> {

    @Serial private static final long serialVersionUID = 1;

    Flag() {
      super(Boolean.class);
    }

    @Override
    public Boolean deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return switch (parser.currentToken()) {
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        default -> (Boolean) context.handleUnexpectedToken(Boolean.class, parser);
      };
    }
  }

  private static final class Day extends StdScalarDeserializer<LocalDate> {

    @Serial private static final long serialVersionUID = 1;

    Day() {
      super(LocalDate.class);
    }

    @Override
    public LocalDate deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return (LocalDate) context.handleUnexpectedToken(LocalDate.class, parser);
      }
      String text = parser.getText();
      try {
        return Times.day(text);
      } catch (DateTimeException e) {
        return (LocalDate) context.handleWeirdStringValue(LocalDate.class, text, e.getMessage());
      }
    }
  }

  private static final class Choices extends BeanDeserializerModifier {

    @Serial private static final long serialVersionUID = 1;

    @Override
    public JsonDeserializer<?> modifyEnumDeserializer(
        DeserializationConfig config,
        JavaType type,
        BeanDescription description,
        JsonDeserializer<?> reader) {
      return new Choice(type.getRawClass());
    }
  }

  /** A constant of an enum, by what it is called as a string. */
  private static final class Choice extends StdScalarDeserializer<Object> {

    @Serial private static final long serialVersionUID = 1;

    Choice(Class<?> type) {
      super(type);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      Optional<Object> constant =
          parser.hasToken(JsonToken.VALUE_STRING)
              ? Named.of(parser.getText(), List.of(handledType().getEnumConstants()))
              : Optional.empty();
      return constant.isPresent()
          ? constant.get()
          : context.handleUnexpectedToken(handledType(), parser);
    }
  }
}
