package io.satchel.platform.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
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

/** Reads a JSON body, and collects all errors instead of stopping at the first one. */
@Provider
@Consumes({MediaType.APPLICATION_JSON, JsonBodyReader.MERGE_PATCH})
public class JsonBodyReader implements MessageBodyReader<Object> {

  /** The media type of a JSON merge patch (RFC 7396, section 4). */
  public static final String MERGE_PATCH = "application/merge-patch+json";

  /** A batch of a thousand items has about ten tokens for each item. */
  private static final long MAX_TOKENS = 20_000;

  /** Parsers may ignore it (RFC 8259, section 8.1). */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final ObjectMapper mapper;
  private final JsonTypeCheck types;
  private final InputErrors errors;

  @Inject
  JsonBodyReader(ObjectMapper mapper, InputErrors errors) {
    StreamReadConstraints limits =
        StreamReadConstraints.builder().maxTokenCount(MAX_TOKENS).build();
    this.mapper =
        mapper
            .copyWith(
                new JsonFactoryBuilder()
                    .streamReadConstraints(limits)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    this.types = new JsonTypeCheck(this.mapper.getDeserializationConfig(), errors);
    this.errors = errors;
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
      // JSON is UTF-8 (RFC 8259, section 8.1). Jackson would also accept UTF-16 and UTF-32.
      String body = UTF_8.newDecoder().decode(ByteBuffer.wrap(stream.readAllBytes())).toString();
      JavaType expected = mapper.constructType(generic);
      JsonNode read = mapper.readTree(body.startsWith(BYTE_ORDER_MARK) ? body.substring(1) : body);
      if (read.isMissingNode()) {
        throw new ProblemException(ProblemType.BAD_REQUEST, "The body is empty");
      }
      JsonNode checked = types.check(read, expected, JsonPointer.empty());
      if (checked.isNull()) {
        errors.add("", InputErrors.expected(type));
      }
      return mapper.treeToValue(checked, expected);
    } catch (CharacterCodingException e) {
      throw new ProblemException(ProblemType.BAD_REQUEST, "The body is not UTF-8");
    } catch (JsonProcessingException e) {
      throw new ProblemException(ProblemType.BAD_REQUEST, "The body " + faultOf(e) + at(e));
    }
  }

  /** Jackson tells the faults apart by their messages, which contain parts of the body. */
  private static String faultOf(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    if (e instanceof StreamConstraintsException) {
      return message.contains("nesting depth")
          ? "is too deeply nested"
          : message.contains("Token count")
              ? "has too many values"
              : "has a name, text or number that is too long";
    }
    if (message.startsWith("Duplicate field")) {
      return "has the same member twice";
    }
    if (e instanceof JsonEOFException) {
      return "ends before the JSON does";
    }
    return message.startsWith("Trailing token") ? "continues after the JSON" : "is not valid JSON";
  }

  /** Returns the position of the error without its text, which could be part of a password. */
  private static String at(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null
        ? ""
        : ": line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }
}
