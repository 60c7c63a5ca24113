package io.satchel.platform.http;

import static io.satchel.Api.asAdmin;
import static io.satchel.Api.get;
import static io.satchel.Api.newItem;
import static io.satchel.Api.newUser;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.satchel.platform.problems.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class HttpTest {

  private static final int MAX_BODY_BYTES = 64 * 1024;

  @ParameterizedTest
  @CsvSource({
    "*/*, text/html;charset=UTF-8",
    "text/html;level=1, text/html;charset=UTF-8",
    "application/json, application/json",
    "'text/html;q=0.5, application/json;v=1', application/json",
    "'Text/HTML, image/gif, */*; q=.2', text/html;charset=UTF-8",
  })
  void a_problem_type_is_explained_in_the_preferred_media_type(String accept, String type) {
    RestAssured.given()
        .header("Accept", accept)
        .get("/problems/taken")
        .then()
        .statusCode(200)
        .header("Content-Type", equalTo(type))
        .header("Vary", equalTo("Accept"))
        .body(containsString("must be unique"));
    RestAssured.given().accept("image/gif").get("/problems/taken").then().statusCode(406);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/problem+xml",
        "image/svg+json",
      })
  void a_client_that_accepts_no_json_receives_406(String accept) {
    asAdmin().accept(accept).get("/items/").then().statusCode(406);
  }

  @TestHTTPResource URI root;

  @Test
  void a_path_works_with_and_without_its_trailing_slash() {
    long user = newUser();
    long item = newItem(user, "katana");
    for (String path :
        new String[] {
          "/users",
          "/users/" + user,
          "/users/" + user + "/items",
          "/items",
          "/items/" + item,
          "/openapi.json",
          "/docs",
          "/problems/not-found"
        }) {
      for (String slash : new String[] {"", "/"}) {
        asAdmin().redirects().follow(false).when().get(path + slash).then().statusCode(200);
      }
    }
  }

  @Test
  void an_encoded_slash_is_not_a_slash() throws Exception {
    assertEquals(404, send(HttpRequest.newBuilder(root.resolve("/users%2F1"))).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"})
  void an_unexpected_body_is_ignored(String contentType) throws Exception {
    for (String body : new String[] {"", "a=%zz&b"}) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(root.resolve("/problems/not-found"))
              .header("Content-Type", contentType)
              .method("GET", HttpRequest.BodyPublishers.ofString(body));
      assertEquals(200, send(request).statusCode());
    }
  }

  @Test
  void options_of_an_unknown_path_is_not_found() {
    asAdmin().when().options("/nothing").then().header("Allow", nullValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/nothing", "/users/1/2", "/problems/nothing", "/items/1/owner"})
  void other_paths_are_not_found(String path) {
    get(path)
        .statusCode(404)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/not-found"))
        .body("title", equalTo("Not found"))
        .body("status", equalTo(404))
        .body("instance", equalTo(path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DELETE | /users/         | GET, HEAD, OPTIONS, POST
          PATCH  | /users          | GET, HEAD, OPTIONS, POST
          POST   | /users/1        | DELETE, GET, HEAD, OPTIONS, PATCH, PUT
          DELETE | /items/         | GET, HEAD, OPTIONS, POST
          DELETE | /users/me       | GET, HEAD, OPTIONS
          POST   | /users/me/password | OPTIONS, PUT
          GET    | /token          | OPTIONS, POST
          BREW   | /items/1/       | DELETE, GET, HEAD, OPTIONS, PATCH, PUT
          PUT    | /users/1/items/ | GET, HEAD, OPTIONS, POST
          POST   | /openapi.json   | GET, HEAD, OPTIONS
          DELETE | /docs           | GET, HEAD, OPTIONS
          PUT    | /docs/index.html | GET, HEAD, OPTIONS
          """)
  void a_wrong_method_receives_the_allowed_ones(String method, String path, String allowed) {
    asAdmin()
        .when()
        .request(method, path)
        .then()
        .statusCode(405)
        .contentType("application/problem+json")
        .header("Allow", equalTo(allowed))
        .body("type", equalTo("/problems/method-not-allowed"));
    asAdmin().when().options(path).then().statusCode(200).header("Allow", equalTo(allowed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/xml, text/*", "rubbish", ";;"})
  void an_unavailable_media_type_is_not_acceptable(String accept) {
    asAdmin()
        .header("Accept", accept)
        .when()
        .get("/users/")
        .then()
        .statusCode(406)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/not-acceptable"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "rubbish",
        ";;",
        "application/json-patch+json",
        "application/x-www-form-urlencoded"
      })
  void an_unsupported_media_type_is_rejected(String contentType) throws Exception {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(root.resolve("/users/"))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertEquals(415, response.statusCode());
    assertThat(response.body(), containsString("/problems/unsupported-media-type"));
  }

  @Test
  void an_empty_body_is_not_json() throws Exception {
    assertEquals(400, send(post(new byte[0])).statusCode());
    assertEquals(400, send(postChunked(new byte[0])).statusCode());
  }

  @Test
  void a_body_of_the_maximum_size_is_accepted() throws Exception {
    assertEquals(422, send(post(body(MAX_BODY_BYTES))).statusCode());
    assertEquals(422, send(postChunked(body(MAX_BODY_BYTES))).statusCode());
  }

  @ParameterizedTest
  @ValueSource(ints = {MAX_BODY_BYTES + 1, 1_000_000, 4_000_000})
  void a_body_above_the_maximum_size_is_rejected(int size) throws Exception {
    for (var request : new HttpRequest.Builder[] {post(body(size)), postChunked(body(size))}) {
      HttpResponse<String> response = send(request);
      assertEquals(413, response.statusCode());
      assertEquals(
          "application/problem+json", response.headers().firstValue("Content-Type").orElseThrow());
      assertThat(response.body(), containsString("/problems/content-too-large"));
    }
    get("/problems/content-too-large").statusCode(200);
  }

  @Test
  void a_client_that_goes_on_sending_a_rejected_body_is_disconnected() throws IOException {
    try (Socket socket = new Socket(root.getHost(), root.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /users/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
              .getBytes(StandardCharsets.ISO_8859_1));
      byte[] chunk =
          ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
      assertThrows(
          IOException.class,
          () -> {
            for (int i = 0; i < 10_000; i++) {
              out.write(chunk);
            }
          });
    }
    get("/items/?limit=1").statusCode(200);
  }

  @Test
  void a_length_of_many_megabytes_is_rejected_with_a_problem() throws IOException {
    try (Socket socket = new Socket(root.getHost(), root.getPort())) {
      socket.setSoTimeout(100_000);
      socket
          .getOutputStream()
          .write(
              "POST /users/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 20000000\r\n\r\n"
                  .getBytes(StandardCharsets.ISO_8859_1));
      String response =
          new String(socket.getInputStream().readNBytes(500), StandardCharsets.ISO_8859_1);
      assertThat(response, containsString(" 413 "));
      assertThat(response, containsString("application/problem+json"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /users/ HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET /users/ HTTP/1.1\r\n\r\n",
        "GET /users/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /users/?q={x}|^ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /users/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        "POST /users/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "rubbish\r\n\r\n",
      })
  void invalid_http_is_a_bad_request(String request) throws IOException {
    try (Socket socket = new Socket(root.getHost(), root.getPort())) {
      socket.setSoTimeout(100_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 400".length());
      assertThat(new String(status, StandardCharsets.ISO_8859_1), endsWith(" 400"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /users/ HTTP/1.0\r\n\r\n",
        "GET /users/ HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /users/ HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n",
        "GET /users/ HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
        "GET /users/ HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
      })
  void a_request_without_a_host_is_a_bad_request(String request) throws IOException {
    try (Socket socket = new Socket(root.getHost(), root.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String response =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(response, containsString(" 400 "));
      assertThat(response, containsString("application/problem+json"));
      assertThat(response, containsString("\"instance\":\"/users/\""));
      assertThat(response, containsString("X-Content-Type-Options: nosniff"));
      assertThat(response, containsString("X-Request-Id: "));
    }
  }

  @Test
  void clients_that_stop_sending_block_no_others() throws IOException {
    List<Socket> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < 250; i++) { // more than may run at the same time
        Socket socket = new Socket(root.getHost(), root.getPort());
        stalled.add(socket);
        socket
            .getOutputStream()
            .write(
                "POST /users/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"
                    .getBytes(StandardCharsets.ISO_8859_1));
      }
      get("/items/?limit=1").statusCode(200);
      for (Socket socket : stalled) {
        assertEquals(0, socket.getInputStream().available());
      }
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }

  @Test
  void each_type_of_problem_has_a_page_that_explains_it() {
    for (ProblemType type : ProblemType.values()) {
      get(type.uri().toString())
          .statusCode(200)
          .contentType(ContentType.HTML)
          .body(containsString("<h1>" + type.title + "</h1>"));
    }
  }

  @Test
  void health_is_only_on_the_management_port() {
    get("/q/health").statusCode(404);
    get("/q/health/ready").statusCode(404);
  }

  private static byte[] body(int size) {
    byte[] body = new byte[size];
    Arrays.fill(body, (byte) ' ');
    body[0] = '{';
    body[size - 1] = '}';
    return body;
  }

  private HttpRequest.Builder post(byte[] body) {
    return HttpRequest.newBuilder(root.resolve("/users/"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private HttpRequest.Builder postChunked(byte[] body) {
    return HttpRequest.newBuilder(root.resolve("/users/"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
