package io.satchel.http;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.net.CidrAddress;
import io.smallrye.common.net.Inet;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The proxies that are believed when they say where a request comes from. X-Forwarded-For is read
 * from its end, which the nearest proxy wrote, for as long as it was written by one that is
 * trusted: what is left of that, anybody may have made up. Quarkus itself would take what is
 * leftmost.
 */
@Startup(1) // before anything else begins to work
@Singleton
class TrustedProxies {

  private final List<CidrAddress> trusted;

  @Inject
  TrustedProxies(
      @ConfigProperty(name = "quarkus.http.proxy.trusted-proxies") Optional<List<String>> trusted) {
    this.trusted = trusted.orElse(List.of()).stream().map(TrustedProxies::range).toList();
  }

  /** Where a request comes from that came to us from that peer, with these headers. */
  InetAddress originOf(InetAddress peer, List<String> forwardedFor) {
    List<String> hops =
        forwardedFor.stream().flatMap(header -> Stream.of(header.split(",", -1))).toList();
    InetAddress origin = peer;
    for (String hop : hops.reversed()) {
      Optional<InetAddress> before = parse(hop.strip());
      if (before.isEmpty() || !isTrusted(origin)) {
        break;
      }
      origin = before.get();
    }
    return origin;
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(range -> range.matches(address));
  }

  private static CidrAddress range(String text) {
    CidrAddress range =
        parse(text)
            .map(address -> CidrAddress.create(address, address.getAddress().length * Byte.SIZE))
            .orElseGet(() -> Inet.parseCidrAddress(text));
    if (range == null) {
      throw new ConfigurationException(
          "QUARKUS_HTTP_PROXY_TRUSTED_PROXIES: " + text + " is no address and no range of them.");
    }
    return range;
  }

  /** An address, which may have a port. No name server is asked for anything else. */
  static Optional<InetAddress> parse(String text) {
    String host = text.replaceFirst("^\\[(.*)](:\\d+)?$|^([0-9.]+):\\d+$", "$1$3");
    byte[] address = Inet.parseInetAddressToBytes(host);
    try {
      return address == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(address));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
