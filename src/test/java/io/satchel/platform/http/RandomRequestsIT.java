package io.satchel.platform.http;

import static io.satchel.platform.http.RandomJson.json;
import static io.satchel.platform.http.RandomJson.object;
import static io.satchel.platform.http.RandomJson.text;
import static io.satchel.platform.http.RandomJson.with;
import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.satchel.Api;
import io.satchel.PackagedService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** Properties of the packaged service's responses to random requests. */
class RandomRequestsIT {

  /** A request to an operation of the description. */
  record Request(
      Operation operation,
      String path,
      Map<String, String> headers,
      String mediaType,
      String body,
      boolean hasToken) {

    @Override
    public String toString() {
      return "%s %s %s %s %s %s"
          .formatted(
              operation.method, path, headers, mediaType, body, hasToken ? "" : "without a token");
    }
  }

  /** An operation with its description. */
  record Operation(String method, String path, JsonNode description) {

    boolean takesBody() {
      return description.has("requestBody");
    }

    boolean takesForm() {
      return mediaType().equals(FORM);
    }

    String mediaType() {
      return description.at("/requestBody/content").fieldNames().next();
    }

    JsonNode schemaOfBody() {
      return description.at("/requestBody/content").path(mediaType()).get("schema");
    }
  }

  private static final String FORM = "application/x-www-form-urlencoded";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static PackagedService service;
  private static JsonNode description;
  private static String token = "";
  private static long admin;
  private static long user;
  private static long item;

  @BeforeContainer
  static void start() throws Exception {
    service =
        PackagedService.startWithDatabase(
            // A mail server that is away, because operations that send e-mails need one.
            "-Dsatchel.mail.from=satchel@example.com",
            "-Dsatchel.mail.port=1",
            "-Dsatchel.accounts.link-base-url=https://app.example.com");
    description = JSON.readTree(send("GET", "/openapi.json", "", "").body());
    token = service.adminToken();
    admin = JSON.readTree(send("GET", "/users/me", "", "").body()).get("id").asLong();
    user = newUser();
    item = newItem();
  }

  @AfterContainer
  static void stop() {
    service.close();
  }

  @Property(tries = 1_200, edgeCases = EdgeCasesMode.NONE)
  void every_response_is_declared_in_the_description(@ForAll("requests") Request request)
      throws Exception {
    HttpResponse<String> response =
        send(
            request.operation.method,
            request.path,
            request.headers,
            request.mediaType,
            request.body,
            request.hasToken ? token : "");
    int status = response.statusCode();
    Statistics.label("succeeds").collect(status < 300);
    Statistics.label("succeeds")
        .coverage(coverage -> coverage.check(true).percentage(percent -> percent > 20));
    assertTrue(status < 500, response.body());
    JsonNode declared =
        resolve(request.operation.description.get("responses").path(Integer.toString(status)));
    assertTrue(declared.isObject(), status + " is not declared");
    if (declared.has("content")) {
      String type =
          response.headers().firstValue("Content-Type").orElseThrow().replaceAll(";.*", "");
      assertTrue(declared.get("content").has(type), type + " is not declared");
      if (type.endsWith("json") && !type.endsWith("ndjson")) {
        JsonNode schema = declared.get("content").get(type).get("schema");
        assertEquals(List.of(), violations(schema, response.body()));
      }
    } else {
      assertEquals("", response.body());
    }
    if (status < 300 && request.operation.takesBody() && !request.operation.takesForm()) {
      assertEquals(List.of(), violations(request.operation.schemaOfBody(), request.body));
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void an_item_reads_back_as_it_was_written(
      @ForAll("titles") String title, @ForAll("descriptions") String description) throws Exception {
    Map<String, String> members = Map.of("title", title, "description", description);
    assertReadsBack(members, create("/users/" + user + "/items/", members), "/items/");
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void a_user_reads_back_as_changed(
      @ForAll("names") String firstName, @ForAll("names") String lastName) throws Exception {
    Map<String, String> members = Map.of("first_name", firstName, "last_name", lastName);
    String body = JSON.writeValueAsString(members);
    String changed = send("PATCH", "/users/" + user, "application/json", body).body();
    assertReadsBack(members, JSON.readTree(changed), "/users/");
  }

  private static void assertReadsBack(Map<String, String> members, JsonNode response, String path)
      throws Exception {
    JsonNode read = JSON.readTree(send("GET", path + response.get("id").asLong(), "", "").body());
    members.forEach((member, value) -> {
      String stored =
          member.equals("description") ? value : Normalizer.normalize(value, Normalizer.Form.NFC);
      assertEquals(stored, response.get(member).asText());
      assertEquals(stored, read.get(member).asText());
    });
  }

  @Provide
  Arbitrary<Request> requests() {
    return Arbitraries.of(operations())
        .flatMap(operation ->
            Combinators.combine(
                    paths(operation),
                    headers(operation),
                    mediaTypes(operation),
                    bodies(operation),
                    Arbitraries.frequency(Tuple.of(9, true), Tuple.of(1, false)))
                .as((path, headers, type, body, hasToken) ->
                    new Request(operation, path, headers, type, body, hasToken)));
  }

  @Provide
  Arbitrary<String> titles() {
    return text(1, 20).map(title -> title + "!"); // at least one visible character
  }

  @Provide
  Arbitrary<String> descriptions() {
    return text(0, 3_000).filter(text -> text.codePointCount(0, text.length()) <= 5_000);
  }

  @Provide
  Arbitrary<String> names() {
    return text(0, 15);
  }

  private static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : description.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        operations.add(
            new Operation(
                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()));
      }
    }
    return operations;
  }

  /** Generates paths of an operation, with all kinds of ids and query parameters. */
  private static Arbitrary<String> paths(Operation operation) {
    List<String> names = parameters(operation, "query");
    Arbitrary<String> query =
        Combinators.combine(
                Arbitraries.of(names.isEmpty() ? List.of("q") : names),
                Arbitraries.oneOf(
                    Arbitraries.of(
                        "1",
                        "id",
                        "-title",
                        "date",
                        "relevance",
                        "public",
                        "true",
                        "katana",
                        "2026-12-31",
                        "2026-11-20T09:30:00Z"),
                    badIds(),
                    text(0, 5)))
            .as((name, value) -> name + "=" + encode(value, UTF_8))
            .list()
            .ofMaxSize(3)
            .map(parameters -> "?" + String.join("&", parameters));
    return Combinators.combine(ids(operation), query)
        .as((id, parameters) ->
            operation.path.replaceAll("\\{.*}", encode(id, UTF_8).replace("+", "%20"))
                + (operation.method.equals("GET") ? parameters : ""));
  }

  /** Returns the names of an operation's parameters at the given location. */
  private static List<String> parameters(Operation operation, String in) {
    List<String> names = new ArrayList<>();
    for (JsonNode parameter : operation.description.path("parameters")) {
      if (resolve(parameter).get("in").asText().equals(in)) {
        names.add(resolve(parameter).get("name").asText());
      }
    }
    return names;
  }

  /** Generates the headers of an operation, with valid and invalid values, or none. */
  private static Arbitrary<Map<String, String>> headers(Operation operation) {
    List<String> names = parameters(operation, "header");
    if (names.isEmpty()) {
      return Arbitraries.just(Map.of());
    }
    Arbitrary<Map<String, String>> some =
        Combinators.combine(
                Arbitraries.of(names),
                Arbitraries.of("*", "\"x\"", "W/\"x\", \"y", "count=exact", "a b", "", "\"", "key"))
            .as(Map::of);
    return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(Map.of())), Tuple.of(1, some));
  }

  private static Arbitrary<String> ids(Operation operation) {
    boolean ofUser = operation.path.contains("{user_id}");
    Arbitrary<Long> existing =
        operation.method.equals("DELETE")
            ? Arbitraries.create(() -> ofUser ? newUser() : newItem())
            : Arbitraries.of(ofUser ? user : item);
    return Arbitraries.frequencyOf(
        Tuple.of(9, existing.map(String::valueOf)), Tuple.of(1, badIds()));
  }

  private static Arbitrary<String> badIds() {
    return Arbitraries.frequencyOf(
        // except the user whom later requests need
        Tuple.of(1, Arbitraries.longs().filter(id -> id != admin).map(String::valueOf)),
        Tuple.of(1, Arbitraries.of("0", "-1", "1.5", "1e9", "99999999999999999999", "null")),
        // "." and ".." are not ids, but relative paths
        Tuple.of(1, text(1, 5).filter(id -> !id.matches("[.]{1,2}"))));
  }

  private static Arbitrary<String> mediaTypes(Operation operation) {
    if (!operation.takesBody()) {
      return Arbitraries.just("");
    }
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.just(operation.mediaType())),
        Tuple.of(1, Arbitraries.of("application/merge-patch+json", "text/plain", "rubbish")));
  }

  private static Arbitrary<String> bodies(Operation operation) {
    if (!operation.takesBody()) {
      return Arbitraries.just("");
    }
    return Arbitraries.frequencyOf(
        Tuple.of(
            9,
            objects(operation)
                .map(operation.takesForm() ? RandomRequestsIT::form : JsonNode::toString)),
        Tuple.of(1, json(2).map(JsonNode::toString)),
        Tuple.of(1, text(0, 20)));
  }

  /** Encodes the members of an object as a form. */
  private static String form(JsonNode object) {
    return object.properties().stream()
        .map(member ->
            encode(member.getKey(), UTF_8) + "=" + encode(member.getValue().asText(), UTF_8))
        .collect(joining("&"));
  }

  /** Generates objects with known and unknown members. */
  private static Arbitrary<JsonNode> objects(Operation operation) {
    JsonNode schema = resolve(operation.schemaOfBody());
    return schema.has("items")
        ? objects(resolve(schema.get("items"))).list().ofMaxSize(3).map(RandomRequestsIT::array)
        : objects(schema);
  }

  private static JsonNode array(List<JsonNode> elements) {
    return JSON.createArrayNode().addAll(elements);
  }

  private static Arbitrary<JsonNode> objects(JsonNode schema) {
    Arbitrary<JsonNode> object = Arbitraries.create(JSON::createObjectNode);
    JsonNode members = schema.get("properties");
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      object = with(object, member.getKey(), values(member.getKey(), resolve(member.getValue())));
    }
    return Arbitraries.frequencyOf(
        Tuple.of(9, object),
        Tuple.of(1, text(0, 5).flatMap(name -> with(object(), name, json(1)))));
  }

  private static Arbitrary<JsonNode> values(String name, JsonNode schema) {
    Arbitrary<JsonNode> valid =
        switch (name) {
          case "email" -> Arbitraries.create(() -> new TextNode(Api.newEmail()));
          case "username" ->
              Arbitraries.create(() -> new TextNode(Api.newEmail().substring(0, 36)));
          default -> Arbitraries.of(examples(schema));
        };
    return Arbitraries.frequencyOf(
        Tuple.of(20, valid), Tuple.of(1, json(1)), Tuple.of(1, text(0, 300).map(TextNode::new)));
  }

  private static List<JsonNode> examples(JsonNode schema) {
    List<JsonNode> examples = new ArrayList<>();
    schema.path("examples").forEach(examples::add);
    schema.path("enum").forEach(examples::add);
    return examples;
  }

  private static long newUser() {
    return create("/users/", Map.of("email", Api.newEmail(), "password", Api.PASSWORD))
        .get("id")
        .asLong();
  }

  private static long newItem() {
    return create("/users/" + user + "/items/", Map.of("title", "katana")).get("id").asLong();
  }

  private static JsonNode create(String path, Map<String, ?> members) {
    try {
      HttpResponse<String> response =
          send("POST", path, "application/json", JSON.writeValueAsString(members));
      assertEquals(201, response.statusCode(), response.body());
      return JSON.readTree(response.body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<String> send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    return send(method, path, Map.of(), type, body, token);
  }

  private static HttpResponse<String> send(
      String method,
      String path,
      Map<String, String> headers,
      String type,
      String body,
      String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.root() + path));
    headers.forEach(request::header);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (type.isEmpty()) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.method(method, BodyPublishers.ofString(body)).header("Content-Type", type);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static List<?> violations(JsonNode schema, String body) throws IOException {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", description.get("components"));
    return SCHEMAS.getSchema(whole).validate(JSON.readTree(body));
  }

  private static JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? description.at(node.get("$ref").asText().substring(1)) : node;
  }
}
