package io.satchel.http;

import io.smallrye.common.net.CidrAddress;
import io.smallrye.common.net.Inet;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/** Where a request comes from: the client, or the nearest proxy that is not trusted. */
@RequestScoped
public class ClientAddress {

  private static final int IPV6_NETWORK_BITS = 64;

  @Inject HttpServerRequest request;
  @Inject TrustedProxies proxies;

  /** The address as it is written. */
  public String text() {
    return Inet.toOptimalString(address());
  }

  /**
   * What to count the client by: its address, or the network of 64 bits that it is in where it is
   * one of IPv6, as who has one such address has all of them.
   */
  public String network() {
    InetAddress address = address();
    return address instanceof Inet6Address
        ? CidrAddress.create(address, IPV6_NETWORK_BITS).toString()
        : Inet.toOptimalString(address);
  }

  private InetAddress address() {
    InetAddress peer =
        Optional.ofNullable(request.connection().remoteAddress().hostAddress())
            .flatMap(TrustedProxies::parse)
            .orElseGet(InetAddress::getLoopbackAddress); // by a socket of this machine
    return proxies.originOf(peer, request.headers().getAll("X-Forwarded-For"));
  }
}
