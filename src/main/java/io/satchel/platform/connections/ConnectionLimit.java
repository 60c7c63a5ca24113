package io.satchel.platform.connections;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.satchel.platform.clients.CallerCounts;
import io.satchel.platform.clients.ClientAddress;
import io.satchel.platform.clients.ClientLimits;
import io.satchel.platform.clients.TrustedProxies;
import io.smallrye.config.SmallRyeConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Limits the connections of one address, and lets {@link SlowClientHandler} close slow ones. Netty
 * calls it for each new connection, also if no request arrives on it. It uses no beans, because it
 * stays when dev mode reloads the service.
 */
@RegisterForReflection // Netty instantiates it.
public class ConnectionLimit extends ChannelInitializerExtension {

  /** What the operating system holds of a response. The rest is counted by ResponseMemory. */
  private static final int SEND_BUFFER_BYTES = 64 * 1024;

  /** So that few pipelined requests are read before their responses are held back. */
  private static final int READ_BYTES = 4 * 1024;

  private final CallerCounts connections = new CallerCounts();

  /** Is read for the first connection, because the settings are known by then. */
  private volatile Settings settings;

  /** Is called before the connection is registered with an event loop. */
  @Override
  public void postInitializeServerChildChannel(Channel connection) {
    if (settings == null) {
      settings = Settings.read();
    }
    if (connection.remoteAddress() instanceof InetSocketAddress client
        && connection.localAddress() instanceof InetSocketAddress server
        && server.getPort() != settings.managementPort) {
      connection.config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
      connection
          .config()
          .setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(1));
      connection.pipeline().addFirst(handler(connection, client.getAddress()));
    }
  }

  private ChannelHandler handler(Channel connection, InetAddress client) {
    boolean isAllowed =
        settings.proxies.isTrusted(client)
            || isAllowed(connection, ClientAddress.networkOf(client));
    return isAllowed
        ? new SlowClientHandler(settings.limits.requestTimeout(), settings.limits.stalledResponse())
        : new ClosingHandler();
  }

  private boolean isAllowed(Channel connection, String network) {
    int ofAddress = connections.add(network);
    ChannelFuture _ = connection.closeFuture().addListener(closed -> connections.remove(network));
    return ofAddress <= settings.limits.connectionsOfAddress();
  }

  /** Counts connections that were closed for a limit. */
  static void countClosed(String limit) {
    Counter.builder("satchel.connections.closed")
        .description("Connections and streams closed for a limit")
        .tag("limit", limit)
        .register(Metrics.globalRegistry)
        .increment();
  }

  private record Settings(ClientLimits limits, TrustedProxies proxies, int managementPort) {

    static Settings read() {
      SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
      return new Settings(
          config.getConfigMapping(ClientLimits.class),
          new TrustedProxies(
              config.getOptionalValues("quarkus.http.proxy.trusted-proxies", String.class)),
          config.getValue("quarkus.management.port", Integer.class));
    }
  }

  /** Closes a connection as soon as that is possible. */
  private static final class ClosingHandler extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRegistered(ChannelHandlerContext connection) {
      countClosed("address");
      ChannelFuture _ = connection.close();
    }
  }
}
