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
import io.satchel.http.Negotiation;
import io.satchel.http.Problem;
import io.satchel.lists.Listing;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Writes items as they are read, a page after the other, so that it takes no more memory for many
 * than for few, and no connection while a client is slow to read.
 */
@Singleton
class ItemsExport {

  /** A JSON value in each line, which ends in a line feed. */
  static final String NDJSON = "application/x-ndjson";

  /** RFC 4180, with a header. */
  static final String CSV = "text/csv";

  private static final List<MediaType> OFFERED =
      List.of(MediaType.valueOf(NDJSON), MediaType.valueOf(CSV));

  /** How many are written at once; each holds a thread for as long as its client reads. */
  private static final int MAX = 8;

  private final Semaphore room = new Semaphore(MAX);
  private final RoutingContext request;
  private final ObjectWriter lines;
  private final ObjectWriter table;

  @Inject
  ItemsExport(ObjectMapper json, RoutingContext request) {
    this.request = request;
    this.lines =
        json.writer()
            .withRootValueSeparator("") // but the end of each line
            .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
    CsvMapper csv =
        CsvMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(CsvGenerator.Feature.ALWAYS_QUOTE_EMPTY_STRINGS) // which null is not
            .build();
    this.table =
        csv.writer(csv.schemaFor(ItemView.class).withHeader().withLineSeparator("\r\n"))
            .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
  }

  /**
   * Those items in the media type that the client prefers; or a problem, where there are as many
   * exports as there can be.
   */
  Response answer(HttpHeaders headers, Listing<Item> items) {
    MediaType type = Negotiation.choose(headers, OFFERED);
    boolean isTable = type.getSubtype().equals("csv");
    StreamingOutput body =
        out -> {
          if (!room.tryAcquire()) {
            throw Problem.unavailable();
          }
          try {
            write(items.stream(), isTable, out);
          } finally {
            room.release();
          }
        };
    return Response.ok(body, type.withCharset("UTF-8"))
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  private void write(Stream<Item> items, boolean isTable, OutputStream out) {
    try {
      if (isTable) {
        writeTable(items, out);
      } else {
        writeLines(items, out);
      }
    } catch (IOException e) {
      disconnect(); // the client has gone
    } catch (RuntimeException e) {
      if (request.response().headWritten()) {
        disconnect();
      }
      throw e;
    }
  }

  /** Waits until it is done: what is thrown then would end the answer as if it were whole. */
  private void disconnect() {
    request.request().connection().close().toCompletionStage().toCompletableFuture().join();
  }

  /**
   * The writer is not closed where it fails, since that would end the answer as if it were whole.
   */
  private void writeLines(Stream<Item> items, OutputStream out) throws IOException {
    JsonGenerator generator = lines.createGenerator(out);
    for (Item item : (Iterable<Item>) items::iterator) {
      lines.writeValue(generator, ItemView.of(item));
      generator.writeRaw('\n');
    }
    generator.close();
  }

  private void writeTable(Stream<Item> items, OutputStream out) throws IOException {
    SequenceWriter writer = table.writeValues(out);
    for (Item item : (Iterable<Item>) items::iterator) {
      writer.write(ItemView.of(item));
    }
    writer.close();
  }
}
