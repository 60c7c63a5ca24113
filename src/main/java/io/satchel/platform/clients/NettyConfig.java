package io.satchel.platform.clients;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import java.util.List;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Lets Netty find {@link ConnectionLimit}. It must be told before it starts. */
public class NettyConfig implements ConfigSourceFactory {

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    System.setProperty(ChannelInitializerExtension.EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    return List.of();
  }
}
