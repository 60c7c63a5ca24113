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
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.satchel.auth.Caller;
import io.satchel.platform.pagination.KeysetQuery;
import io.satchel.platform.problems.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.Semaphore;
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

  /**
   * The maximum number of concurrent exports. Each keeps its place among the running requests while
   * its client reads.
   */
  private static final int MAX_EXPORTS = 8;

  private final Semaphore permits = new Semaphore(MAX_EXPORTS);
  private final RoutingContext request;
  private final ObjectMapper json;
  private final ObjectWriter jsonWriter;
  private final ObjectWriter csvWriter;

  @Inject
  ItemExport(ObjectMapper json, RoutingContext request, MeterRegistry metrics) {
    this.request = request;
    this.json = json;
    Gauge.builder("satchel.exports", permits, free -> MAX_EXPORTS - free.availablePermits())
        .description("Running exports, at most " + MAX_EXPORTS)
        .register(metrics);
    this.jsonWriter =
        json.writer()
            .withRootValueSeparator("")
            .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
    CsvMapper csv =
        CsvMapper.builder()
            .addModule(new JavaTimeModule())
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
   * Returns the items as JSON lines. Writing them fails with 503 if too many exports are running.
   */
  StreamingOutput jsonLines(KeysetQuery<ItemView> items) {
    return limited(out -> writeJsonLines(items.stream(), out));
  }

  /** Returns the items as CSV. Writing them fails with 503 if too many exports are running. */
  StreamingOutput csv(KeysetQuery<ItemView> items) {
    return limited(out -> writeCsv(items.stream(), out));
  }

  /**
   * Returns a response that streams a JSON object with the given members, and all items of the
   * caller as the member {@code items}. Writing it fails with 503 if too many exports are running.
   *
   * @param members is called when the export begins
   */
  public Response respond(Supplier<Map<String, Object>> members, Caller caller) {
    KeysetQuery<ItemView> items = VisibleItems.allOfOwner(caller.id(), null, caller);
    StreamingOutput body = out -> writeDocument(members.get(), items.stream(), out);
    return Response.ok(limited(body), MediaType.APPLICATION_JSON_TYPE).build();
  }

  private StreamingOutput limited(StreamingOutput body) {
    return out -> {
      if (!permits.tryAcquire()) {
        throw ProblemException.unavailable();
      }
      try {
        write(body, out);
      } finally {
        permits.release();
      }
    };
  }

  private void write(StreamingOutput body, OutputStream out) {
    try {
      body.write(out);
    } catch (IOException e) { // The client has disconnected.
      disconnect();
    } catch (RuntimeException e) {
      if (request.response().headWritten()) {
        disconnect();
      }
      throw e;
    }
  }

  /**
   * Closes the connection and waits until it is closed, so that the client notices that the
   * response is incomplete. An exception alone would end it like a complete one.
   */
  private void disconnect() {
    request.request().connection().close().toCompletionStage().toCompletableFuture().join();
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
