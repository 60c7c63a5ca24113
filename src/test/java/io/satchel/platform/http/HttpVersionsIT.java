package io.satchel.platform.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.satchel.Api;
import io.satchel.PackagedService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The core of the contract over each version of HTTP. */
class HttpVersionsIT {

  private static final String JSON = "application/json";

  /** A complete response. */
  private record Response(HttpClientResponse head, Buffer body) {

    String header(String name) {
      return head.getHeader(name);
    }

    JsonObject json() {
      return body.toJsonObject();
    }
  }

  private static PackagedService service;
  private static Vertx vertx;

  private HttpClient client;
  private HttpVersion version;
  private String token;

  @BeforeAll
  static void start() {
    service = PackagedService.startWithDatabase();
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    await(vertx.close());
    service.close();
  }

  @ParameterizedTest
  @CsvSource({"HTTP_1_0, false", "HTTP_1_1, false", "HTTP_2, true", "HTTP_2, false"})
  void a_user_signs_up_and_manages_items(HttpVersion httpVersion, boolean isUpgrade) {
    version = httpVersion;
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(httpVersion)
                .setKeepAlive(httpVersion != HttpVersion.HTTP_1_0)
                .setHttp2ClearTextUpgrade(isUpgrade));
    String email = Api.newEmail();
    JsonObject user = new JsonObject(Map.of("email", email, "password", Api.PASSWORD));
    assertEquals(201, send("POST", "/users/", JSON, user.encode()).head.statusCode());
    String form = "grant_type=password&username=%s&password=%s".formatted(email, Api.PASSWORD);
    token =
        send("POST", "/token", "application/x-www-form-urlencoded", form)
            .json()
            .getString("access_token");
    assertEquals(email, send("GET", "/users/me", null, "").json().getString("email"));

    Response created = send("POST", "/items/", JSON, "{\"title\": \"Katana\"}");
    assertEquals(201, created.head.statusCode());
    String item = URI.create(created.header("Location")).getPath();
    assertEquals(created.header("ETag"), send("GET", item, null, "").header("ETag"));
    Response changed = send("PATCH", item, "application/merge-patch+json", "{\"title\": \"é\"}");
    assertEquals("é", changed.json().getString("title"));
    Response batch = send("POST", "/items/batch", JSON, "[{\"title\": \"1\"}, {\"title\": \"2\"}]");
    assertEquals(2, batch.body.toJsonArray().size());

    Response list = send("GET", "/items/?limit=1", null, "");
    assertEquals(1, new JsonArray(list.body).size());
    assertThat(list.header("Link"), containsString("rel=\"next\""));
    assertThat(
        send("GET", "/items/export", null, "").body.toString(), matchesPattern("(\\{.*}\n)+"));
    assertEquals("0", lengthOf(send("HEAD", item, null, "")));

    assertProblem(404, send("GET", "/items/0", null, ""));
    Response notAllowed = send("PUT", "/items/batch", JSON, "{}");
    assertProblem(405, notAllowed);
    assertThat(notAllowed.header("Allow"), containsString("POST"));
    assertProblem(422, send("POST", "/items/", JSON, "{}"));
    assertProblem(413, send("POST", "/items/", JSON, " ".repeat(200_000)));
    assertProblem(404, send("GET", "/nothing", null, ""));
    assertEquals(204, send("DELETE", item, null, "").head.statusCode());
    token = null;
    assertProblem(401, send("GET", "/users/me", null, ""));
    await(client.close());
  }

  private static String lengthOf(Response response) {
    return Integer.toString(response.body.length());
  }

  private void assertProblem(int status, Response response) {
    assertEquals(status, response.head.statusCode());
    assertEquals("application/problem+json", response.header("Content-Type"));
    assertEquals(status, response.json().getInteger("status"));
  }

  private Response send(String method, String path, String mediaType, String body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(method))
            .setAbsoluteURI(service.root().resolve(path).toString());
    if (token != null) {
      options.putHeader("Authorization", "Bearer " + token);
    }
    if (mediaType != null) {
      options.putHeader("Content-Type", mediaType);
    }
    return await(
        client
            .request(options)
            .compose((HttpClientRequest request) -> request.send(body))
            .compose(head -> head.body().map(content -> checked(new Response(head, content)))));
  }

  private Response checked(Response response) {
    if (version == HttpVersion.HTTP_2) {
      assertEquals(HttpVersion.HTTP_2, response.head.version());
      assertNull(response.header("Connection")); // RFC 9113, section 8.2.2
      assertNull(response.header("Transfer-Encoding"));
    }
    return response;
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
