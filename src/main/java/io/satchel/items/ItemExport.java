package io.satchel.items;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.satchel.auth.Caller;
import io.satchel.platform.concurrency.ExportLimit;
import io.satchel.platform.json.InstantSerializer;
import io.satchel.platform.pagination.KeysetQuery;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Streams items as JSON lines, as CSV, or as a member of a JSON document. It reads page by page, so
 * that memory does not grow with the number of items, and a slow client holds no database
 * connection.
 */
@Singleton
public class ItemExport {

  /** JSON lines: one JSON value in each line. */
  static final String NDJSON = "application/x-ndjson";

  /** CSV (RFC 4180) with a header line. */
  static final String CSV = "text/csv";

  private final ExportLimit limit;
  private final ObjectMapper json;
  private final ObjectWriter jsonWriter;
  private final ObjectWriter csvWriter;

  @Inject
  ItemExport(ObjectMapper json, ExportLimit limit) {
    this.limit = limit;
    this.json = json;
    this.jsonWriter =
        json.writer()
            .withRootValueSeparator("")
            .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
    CsvMapper csv =
        CsvMapper.builder()
            .addModule(new JavaTimeModule().addSerializer(new InstantSerializer()))
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(CsvGenerator.Feature.ALWAYS_QUOTE_EMPTY_STRINGS) // Unquoted means null.
            .build();
    this.csvWriter =
        csv.writer(csv.schemaFor(ItemView.class).withHeader().withLineSeparator("\r\n"))
            .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
  }

  /**
   * Returns the items as JSON lines. Writing them fails with 503 if too many exports are running,
   * and with 429 if the caller has two.
   */
  StreamingOutput jsonLines(KeysetQuery<ItemView> items) {
    return limit.apply(out -> writeJsonLines(items.stream(), out));
  }

  /**
   * Returns the items as CSV. Writing them fails with 503 if too many exports are running, and with
   * 429 if the caller has two.
   */
  StreamingOutput csv(KeysetQuery<ItemView> items) {
    return limit.apply(out -> writeCsv(items.stream(), out));
  }

  /**
   * Returns a response that streams a JSON object with the given members, and all items of the
   * caller as the member {@code items}. Writing it fails with 503 if too many exports are running,
   * and with 429 if the caller has two.
   *
   * @param members is called when the export begins
   */
  public Response respond(Supplier<Map<String, Object>> members, Caller caller) {
    KeysetQuery<ItemView> items = VisibleItems.allOfOwner(caller.id(), null, caller).onPrimary();
    StreamingOutput body = out -> writeDocument(members.get(), items.stream(), out);
    return Response.ok(limit.apply(body), MediaType.APPLICATION_JSON_TYPE).build();
  }

  /**
   * Closes the generator only on success, because closing ends the response like a complete one.
   */
  private void writeJsonLines(Stream<ItemView> items, OutputStream out) throws IOException {
    JsonGenerator generator = jsonWriter.createGenerator(out);
    for (ItemView item : (Iterable<ItemView>) items::iterator) {
      jsonWriter.writeValue(generator, item);
      generator.writeRaw('\n');
    }
    generator.close();
  }

  /** Closes the generator only on success, like {@link #writeJsonLines}. */
  private void writeDocument(Map<String, Object> members, Stream<ItemView> items, OutputStream out)
      throws IOException {
    JsonGenerator generator =
        json.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
    generator.writeStartObject();
    for (Map.Entry<String, Object> member : members.entrySet()) {
      generator.writePOJOField(member.getKey(), member.getValue());
    }
    generator.writeArrayFieldStart("items");
    for (ItemView item : (Iterable<ItemView>) items::iterator) {
      jsonWriter.writeValue(generator, item);
    }
    generator.writeEndArray();
    generator.writeEndObject();
    generator.close();
  }

  /** Closes the writer only on success, like {@link #writeJsonLines}. */
  private void writeCsv(Stream<ItemView> items, OutputStream out) throws IOException {
    SequenceWriter writer = csvWriter.writeValues(out);
    for (ItemView item : (Iterable<ItemView>) items::iterator) {
      writer.write(item);
    }
    writer.close();
  }
}
