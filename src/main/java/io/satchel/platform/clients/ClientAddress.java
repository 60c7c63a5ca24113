package io.satchel.platform.clients;

import io.smallrye.common.net.CidrAddress;
import io.smallrye.common.net.Inet;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/** The address that the current request comes from: the client, or the nearest untrusted proxy. */
@RequestScoped
public class ClientAddress {

  private static final int IPV6_NETWORK_BITS = 64;

  @Inject HttpServerRequest request;
  @Inject TrustedProxies proxies;

  /** Returns the address as text. */
  public String text() {
    return Inet.toOptimalString(addressOf(request, proxies));
  }

  /**
   * Returns what rate limits count by: an IPv4 address, or the /64 network of an IPv6 address,
   * because one client usually has all addresses of such a network.
   */
  public String network() {
    return networkOf(request, proxies);
  }

  static String networkOf(HttpServerRequest request, TrustedProxies proxies) {
    return networkOf(addressOf(request, proxies));
  }

  /** Does the same as {@link #network} for any address. */
  public static String networkOf(InetAddress address) {
    return address instanceof Inet6Address
        ? CidrAddress.create(address, IPV6_NETWORK_BITS).toString()
        : Inet.toOptimalString(address);
  }

  private static InetAddress addressOf(HttpServerRequest request, TrustedProxies proxies) {
    return proxies.clientOf(peerOf(request), request.headers().getAll("X-Forwarded-For"));
  }

  /** Returns the address that has opened the connection. */
  static InetAddress peerOf(HttpServerRequest request) {
    return Optional.ofNullable(request.connection().remoteAddress().hostAddress())
        .flatMap(TrustedProxies::parse)
        .orElseGet(InetAddress::getLoopbackAddress); // A Unix domain socket has no address.
  }
}
