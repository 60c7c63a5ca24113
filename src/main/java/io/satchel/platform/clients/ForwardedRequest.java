package io.satchel.platform.clients;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import io.vertx.core.net.HostAndPort;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A request as a client has sent it to a trusted proxy, which tells its scheme, host and prefix in
 * X-Forwarded headers. What is not valid there is ignored.
 */
final class ForwardedRequest extends HttpServerRequestWrapper {

  private static final Pattern SCHEME = Pattern.compile("(?i)https?");

  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9._-]+(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+](:\\d{1,5})?");

  private static final Pattern PORT = Pattern.compile("\\d{1,5}");
  private static final Pattern PREFIX = Pattern.compile("(?:/[A-Za-z0-9._~-]++){1,20}+");
  private static final int MAX_PORT = 65_535;

  private final String scheme;
  private final HostAndPort authority;
  private final String prefix;

  ForwardedRequest(HttpServerRequest request, boolean trustsHost, boolean trustsPrefix) {
    super((HttpServerRequestInternal) request);
    scheme =
        first("Proto", SCHEME)
            .map(value -> value.toLowerCase(Locale.ROOT))
            .orElseGet(request::scheme);
    Optional<HostAndPort> forwarded =
        trustsHost
            ? first("Host", HOST).map(host -> HostAndPort.parseAuthority(host, -1))
            : Optional.empty();
    Optional<Integer> port =
        first("Port", PORT).map(Integer::valueOf).filter(number -> number <= MAX_PORT);
    authority = authority(forwarded.orElseGet(request::authority), port);
    prefix = trustsPrefix ? first("Prefix", PREFIX).orElse("") : "";
  }

  /** Returns what the proxy has removed from the start of the path, or an empty text. */
  String prefix() {
    return prefix;
  }

  /** Returns the first element of a header, which the first proxy has written, if it is valid. */
  private Optional<String> first(String name, Pattern pattern) {
    return Stream.ofNullable(getHeader("X-Forwarded-" + name))
        .map(value -> value.split(",", -1)[0].strip().replaceFirst("/$", ""))
        .filter(value -> pattern.matcher(value).matches())
        .findFirst();
  }

  private HostAndPort authority(HostAndPort sent, Optional<Integer> port) {
    if (sent == null) {
      return null;
    }
    int number = port.orElse(sent.port());
    boolean isDefault = number == (scheme.equals("https") ? 443 : 80);
    return HostAndPort.create(sent.host(), isDefault ? -1 : number);
  }

  @Override
  public String scheme() {
    return scheme;
  }

  @Override
  public boolean isSSL() {
    return scheme.equals("https");
  }

  @Override
  public HostAndPort authority() {
    return authority;
  }

  @Override
  public String host() {
    return authority == null ? null : authority.toString();
  }

  @Override
  public String absoluteURI() {
    return scheme + "://" + host() + uri();
  }

  /** Quarkus REST builds links with it. Requests are routed by their path. */
  @Override
  public String uri() {
    return prefix + super.uri();
  }
}
