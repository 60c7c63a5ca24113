package io.satchel.http;

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
 * Reads a member that may be absent, may be null, or may have a value. The library would take a
 * blank string for absent where no string belongs, and so lose a fault.
 */
final class PatchMembers extends JsonNullableModule {

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
                ? new Member(type, null, types, values)
                : null;
          }
        });
  }

  private static final class Member extends JsonNullableJackson2Deserializer {

    @Serial private static final long serialVersionUID = 1;

    Member(
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
    public Member withResolved(TypeDeserializer types, JsonDeserializer<?> values) {
      return new Member(_fullType, _valueInstantiator, types, values);
    }
  }
}
