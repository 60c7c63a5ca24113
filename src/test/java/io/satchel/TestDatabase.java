package io.satchel;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.satchel.platform.devdatabase.EmbeddedPostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings of all tests and of the packaged service, with an embedded PostgreSQL unless another
 * database or Dev Services are configured.
 */
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
public class TestDatabase implements QuarkusTestResourceLifecycleManager {

  private static final String JDBC_URL = "quarkus.datasource.jdbc.url";

  private EmbeddedPostgres server;

  @Override
  public Map<String, String> start() {
    Config config = ConfigProvider.getConfig();
    if (config.getOptionalValue(JDBC_URL, String.class).isPresent()
        || Boolean.getBoolean("quarkus.devservices.enabled")) {
      return TestSettings.all();
    }
    server = EmbeddedPostgresServer.start();
    Map<String, String> settings = new HashMap<>(TestSettings.all());
    settings.put(JDBC_URL, EmbeddedPostgresServer.urlOf(server));
    return settings;
  }

  @Override
  public void stop() {
    if (server == null) {
      return;
    }
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
