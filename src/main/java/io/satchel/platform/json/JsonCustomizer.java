package io.satchel.platform.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import org.openapitools.jackson.nullable.JsonNullableModule;

/** Adds the writer of times to the one object mapper, and the members of merge patches. */
@Singleton
class JsonCustomizer implements ObjectMapperCustomizer {

  @Override
  public void customize(ObjectMapper mapper) {
    // An emoji has 4 bytes in UTF-8, and 12 as an escape.
    mapper.configure(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8, true);
    mapper
        .registerModule(new SimpleModule().addSerializer(new InstantSerializer()))
        .registerModule(new JsonNullableModule());
  }

  /** The last customizer wins, and one of Quarkus's adds the serializers of Jackson. */
  @Override
  public int priority() {
    return MINIMUM_PRIORITY;
  }
}
