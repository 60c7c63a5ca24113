package io.satchel.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Reads a JSON body whole, and notes each fault in it instead of stopping at the first. */
@Provider
@Consumes({MediaType.APPLICATION_JSON, JsonReader.MERGE_PATCH})
public class JsonReader implements MessageBodyReader<Object> {

  /** The media type of a JSON merge patch (RFC 7396, section 4). */
  public static final String MERGE_PATCH = "application/merge-patch+json";

  private static final long MAX_TOKENS = 20_000;

  private final ObjectReader reader;
  private final Faults faults;

  @Inject
  JsonReader(ObjectMapper mapper, Faults faults) {
    ObjectMapper strict =
        limited(mapper).registerModule(new PatchMembers()).registerModule(new StrictScalars());
    // Null, and so no object, rather than an error that would stop the reading.
    strict
        .coercionConfigFor(LogicalType.POJO)
        .setAcceptBlankAsEmpty(true)
        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull);
    this.reader =
        strict
            .reader()
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .withHandler(new FaultNoter());
    this.faults = faults;
  }

  /** Reads no more than that many tokens, of which a thousand items have about ten each. */
  private static ObjectMapper limited(ObjectMapper mapper) {
    StreamReadConstraints limits =
        StreamReadConstraints.builder().maxTokenCount(MAX_TOKENS).build();
    return mapper.copyWith(new JsonFactoryBuilder().streamReadConstraints(limits).build());
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
    return true;
  }

  @Override
  public Object readFrom(
      Class<Object> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, String> headers,
      InputStream stream)
      throws IOException {
    try {
      // JSON between systems is UTF-8 (RFC 8259, section 8.1); Jackson would take more for it.
      String body = UTF_8.newDecoder().decode(ByteBuffer.wrap(stream.readAllBytes())).toString();
      Object value =
          reader
              .forType(reader.getTypeFactory().constructType(generic))
              .withAttribute(Faults.class, faults)
              .readValue(body);
      if (value == null) {
        faults.add("", "must be " + FaultNoter.inWords(type));
      }
      return value;
    } catch (CharacterCodingException e) {
      throw new Problem(ProblemType.BAD_REQUEST, "The body is not UTF-8");
    } catch (JsonProcessingException e) {
      throw new Problem(ProblemType.BAD_REQUEST, unreadable(e.getLocation()));
    }
  }

  /** Says where and not what: the text around may be a password. */
  private static String unreadable(JsonLocation location) {
    String where =
        location == null
            ? ""
            : ": line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    return "The body is not JSON, has a member twice, or is nested or long beyond limits" + where;
  }
}
