package io.satchel.platform.clients;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.satchel.platform.persistence.SettingsCheck;
import io.smallrye.common.net.CidrAddress;
import io.smallrye.common.net.Inet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The proxies whose X-Forwarded-For header is trusted. The header is read from right to left, as
 * long as the sender is a trusted proxy. Clients can forge the rest. Quarkus itself would use the
 * leftmost address.
 */
@ApplicationScoped // A filter injects it, which a native image creates when it is built.
public class TrustedProxies {

  private final List<CidrAddress> trusted;

  @Inject
  public TrustedProxies(
      @ConfigProperty(name = "quarkus.http.proxy.trusted-proxies") Optional<List<String>> trusted) {
    this.trusted = trusted.orElse(List.of()).stream().map(TrustedProxies::range).toList();
  }

  void check(@Observes SettingsCheck check) {
    // The constructor has checked the setting.
  }

  /** Returns the client of a request that has the given peer and X-Forwarded-For headers. */
  InetAddress clientOf(InetAddress peer, List<String> forwardedFor) {
    List<String> hops =
        forwardedFor.stream().flatMap(header -> Stream.of(header.split(",", -1))).toList();
    InetAddress client = peer;
    for (String hop : hops.reversed()) {
      Optional<InetAddress> previous = parse(hop.strip());
      if (previous.isEmpty() || !isTrusted(client)) {
        break;
      }
      client = previous.get();
    }
    return client;
  }

  /** Returns whether an address is one of a trusted proxy. */
  public boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(range -> range.matches(address));
  }

  private static CidrAddress range(String text) {
    CidrAddress range =
        parse(text)
            .map(address -> CidrAddress.create(address, address.getAddress().length * Byte.SIZE))
            .orElseGet(() -> Inet.parseCidrAddress(text));
    if (range == null) {
      throw new ConfigurationException(
          "QUARKUS_HTTP_PROXY_TRUSTED_PROXIES: "
              + text
              + " is not an IP address or a CIDR address range.");
    }
    return range;
  }

  /** Parses an IP address, which may be followed by a port. It does no DNS lookup. */
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
