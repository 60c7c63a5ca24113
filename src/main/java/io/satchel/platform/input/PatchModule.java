package io.satchel.platform.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.type.ReferenceType;
import java.io.IOException;
import java.io.Serial;
import org.openapitools.jackson.nullable.JsonNullable;
import org.openapitools.jackson.nullable.JsonNullableJackson2Deserializer;
import org.openapitools.jackson.nullable.JsonNullableModule;

/**
 * Reads the members of a merge patch, which can be absent, null or a value. The library's own
 * deserializer treats a blank string as absent if the type is not a string, and so misses an error.
 */
final class PatchModule extends JsonNullableModule {

  @Override
  public void setupModule(SetupContext context) {
    super.setupModule(context);
    context.addDeserializers(
        new Deserializers.Base() {
          @Override
          public JsonDeserializer<?> findReferenceDeserializer(
              ReferenceType type,
              DeserializationConfig config,
              BeanDescription description,
              TypeDeserializer types,
              JsonDeserializer<?> values) {
            return type.hasRawClass(JsonNullable.class)
                ? new MemberDeserializer(type, null, types, values)
                : null;
          }
        });
  }

  private static final class MemberDeserializer extends JsonNullableJackson2Deserializer {

    @Serial private static final long serialVersionUID = 1;

    MemberDeserializer(
        JavaType type,
        ValueInstantiator instantiator,
        TypeDeserializer types,
        JsonDeserializer<?> values) {
      super(type, instantiator, types, values);
    }

    @Override
    public JsonNullable<Object> deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return JsonNullable.of(_valueDeserializer.deserialize(parser, context));
    }

    @Override
    public MemberDeserializer withResolved(TypeDeserializer types, JsonDeserializer<?> values) {
      return new MemberDeserializer(_fullType, _valueInstantiator, types, values);
    }
  }
}
