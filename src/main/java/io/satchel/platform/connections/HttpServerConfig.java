package io.satchel.platform.connections;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Lets Netty find {@link ConnectionLimit}, which it must be told before it starts, and the service
 * handle what proxies forward, instead of Quarkus.
 */
public class HttpServerConfig implements ConfigSourceFactory {

  /** Above environment variables and system properties. */
  private static final int ORDINAL = 500;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    System.setProperty(ChannelInitializerExtension.EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    return List.of(
        new PropertiesConfigSource(
            Map.of("quarkus.http.proxy.proxy-address-forwarding", "false"),
            HttpServerConfig.class.getSimpleName(),
            ORDINAL));
  }
}
