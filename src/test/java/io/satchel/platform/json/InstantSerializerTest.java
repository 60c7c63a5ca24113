package io.satchel.platform.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class InstantSerializerTest {

  @Inject ObjectMapper mapper;

  @Test
  void the_object_mapper_has_the_serializer() throws JsonProcessingException {
    assertInstanceOf(
        InstantSerializer.class,
        mapper.getSerializerProviderInstance().findValueSerializer(Instant.class));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T09:30:00Z, 2026-11-20T09:30:00.000000Z",
    "2026-11-20T09:30:00.5Z, 2026-11-20T09:30:00.500000Z",
    "2026-11-20T09:30:00.000001Z, 2026-11-20T09:30:00.000001Z",
    "2026-11-20T09:30:00.123456Z, 2026-11-20T09:30:00.123456Z",
    "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999999Z",
    "1582-10-10T00:00:00Z, 1582-10-10T00:00:00.000000Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000000Z",
    "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z",
    "+10000-01-01T00:00:00Z, +10000-01-01T00:00:00Z",
  })
  void times_have_six_digits_of_a_fraction(String time, String text)
      throws JsonProcessingException {
    String expected = '"' + text + '"';
    assertEquals(expected, mapper.writeValueAsString(Instant.parse(time)));
    assertEquals(expected, new String(mapper.writeValueAsBytes(Instant.parse(time)), UTF_8));
  }
}
