package io.satchel.platform.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.satchel.PackagedService;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a header contains, there is a response, and it is no 500. */
class RandomHeadersIT {

  private static final List<String> REQUEST_LINES =
      List.of(
          "GET /items/",
          "GET /items/export",
          "GET /users/me",
          "GET /problems/not-found",
          "GET /openapi",
          "GET /docs",
          "OPTIONS /items/",
          "POST /items/",
          "POST /token",
          "PATCH /users/me",
          "HEAD /items/",
          "POST /items/batch",
          "GET /nothing");

  /** The headers that the service, Quarkus or Vert.x reads, with what they usually contain. */
  private static final Map<String, List<String>> HEADERS =
      Map.ofEntries(
          Map.entry(
              "Accept", List.of("text/csv", "*/*", "application/json", "q=0", "q=1.5", "/", "a/b")),
          Map.entry("Accept-Charset", List.of("utf-8", "q=x")),
          Map.entry("Accept-Encoding", List.of("gzip", "identity", "*", "q=0")),
          Map.entry("Accept-Language", List.of("de", "en-GB", "*", "q=0")),
          Map.entry("Authorization", List.of("Bearer", "Basic", "e30.e30.e30", "YTpi", "a")),
          Map.entry("Cache-Control", List.of("no-cache", "max-age=", "=")),
          Map.entry(
              "Connection", List.of("close", "keep-alive", "Upgrade", "HTTP2-Settings", "TE")),
          Map.entry("Content-Encoding", List.of("gzip", "identity")),
          Map.entry("Content-Language", List.of("de")),
          Map.entry(
              "Content-Type",
              List.of(
                  "application/json",
                  "text/plain",
                  "charset=x",
                  "boundary=",
                  "/",
                  "multipart/form-data")),
          Map.entry("Cookie", List.of("a=b", "=", "$Version=1")),
          Map.entry("Expect", List.of("100-continue", "x")),
          Map.entry("Forwarded", List.of("for=", "host=", "proto=https", "[::1]:x")),
          Map.entry("HTTP2-Settings", List.of("AAMAAABkAAQAAP__", "x")),
          Map.entry("Idempotency-Key", List.of("a", "\"a\"")),
          Map.entry("If-Match", List.of("*", "\"a\"", "W/\"a\"", "\"")),
          Map.entry("If-Modified-Since", List.of("Sun, 06 Nov 1994 08:49:37 GMT", "x")),
          Map.entry("If-None-Match", List.of("*", "\"a\"", "W/\"a\"", "\"")),
          Map.entry("If-Range", List.of("\"a\"")),
          Map.entry("Origin", List.of("null", "https://app.example", "://", "http://127.0.0.1")),
          Map.entry("Access-Control-Request-Method", List.of("POST", "")),
          Map.entry("Access-Control-Request-Headers", List.of("authorization", ",")),
          Map.entry("Prefer", List.of("count=exact", "\"count\"=exact", "=")),
          Map.entry("Range", List.of("bytes=0-1", "bytes=-", "bytes=9-1")),
          Map.entry("TE", List.of("trailers", "q=x")),
          Map.entry(
              "traceparent",
              List.of("00-", "00000000000000000000000000000001-0000000000000001-01", "ff-")),
          Map.entry("tracestate", List.of("a=b", "=")),
          Map.entry("baggage", List.of("a=b", "=", "%zz")),
          Map.entry("Upgrade", List.of("h2c", "websocket")),
          Map.entry("User-Agent", List.of("curl")),
          Map.entry("X-Forwarded-For", List.of("203.0.113.7", "::1", "[::1]:1", "unknown", ":x")),
          Map.entry("X-Forwarded-Host", List.of("api.example", ":0", "[", "a:99999", "a b")),
          Map.entry("X-Forwarded-Port", List.of("443", "-1", "99999", "x")),
          Map.entry("X-Forwarded-Prefix", List.of("/shop", "/", "//", "?", "/a b")),
          Map.entry("X-Forwarded-Proto", List.of("https", "javascript", ":", " ")),
          Map.entry("X-Forwarded-Ssl", List.of("on")),
          Map.entry("X-HTTP-Method-Override", List.of("DELETE")),
          Map.entry("X-Request-Id", List.of("a")));

  /** A header of a request. */
  record Header(String name, String value) {}

  private static PackagedService service;
  private static String token;

  @BeforeContainer
  static void start() {
    service =
        PackagedService.startWithDatabase(
            "-Dquarkus.http.proxy.trusted-proxies=127.0.0.1",
            "-Dquarkus.http.proxy.enable-forwarded-host=true",
            "-Dquarkus.http.proxy.enable-forwarded-prefix=true",
            "-Dquarkus.http.cors.enabled=true",
            "-Dquarkus.http.cors.origins=https://app.example");
    token = service.adminToken();
  }

  @AfterContainer
  static void stop() {
    service.close();
  }

  @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE)
  void there_is_a_response_and_no_500(
      @ForAll("requestLines") String requestLine, @ForAll("headers") List<Header> headers)
      throws IOException {
    String status = statusOf(requestLine, headers);
    assertTrue(status.matches("HTTP/1.1 [1-4]\\d\\d"), () -> status + ": " + requestLine + headers);
  }

  @Provide
  Arbitrary<String> requestLines() {
    return Arbitraries.of(REQUEST_LINES);
  }

  @Provide
  Arbitrary<List<Header>> headers() {
    return Arbitraries.of(List.copyOf(HEADERS.keySet()))
        .flatMap(name -> values(name).map(value -> new Header(name, value)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  /** Parts of usual values, with separators and anything else between them. */
  private static Arbitrary<String> values(String name) {
    Arbitrary<String> part =
        Arbitraries.oneOf(
            Arbitraries.of(HEADERS.get(name)),
            Arbitraries.of(",", ";", "=", " ", "\"", "\t", "", "*", ":", "\\", "%"),
            Arbitraries.strings()
                .withCharRange(' ', '~')
                .withCharRange('\u00a0', '\u00ff')
                .ofMaxLength(5));
    return part.list().ofMinSize(0).ofMaxSize(5).map(parts -> String.join("", parts));
  }

  private static String statusOf(String requestLine, List<Header> headers) throws IOException {
    boolean hasToken = headers.stream().noneMatch(header -> header.name.equals("Authorization"));
    StringBuilder request = new StringBuilder(requestLine + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    headers.forEach(
        header -> request.append(header.name).append(": ").append(header.value).append("\r\n"));
    if (hasToken) {
      request.append("Authorization: Bearer ").append(token).append("\r\n");
    }
    request.append("Content-Length: 2\r\n\r\n{}");
    try (Socket socket = new Socket(service.root().getHost(), service.root().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.ISO_8859_1);
    }
  }
}
