package io.satchel;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings of all tests and of the packaged service, with an embedded PostgreSQL unless another
 * database or Dev Services are configured.
 */
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
public class TestDatabase implements QuarkusTestResourceLifecycleManager {

  private static final String JDBC_URL = "quarkus.datasource.jdbc.url";

  private static volatile String url;

  /** Returns the JDBC URL of the database under test, unless another one is configured. */
  public static Optional<String> url() {
    return Optional.ofNullable(url);
  }

  @Override
  public Map<String, String> start() {
    Config config = ConfigProvider.getConfig();
    if (config.getOptionalValue(JDBC_URL, String.class).isPresent()
        || Boolean.getBoolean("quarkus.devservices.enabled")) {
      return TestSettings.all();
    }
    Map<String, String> settings = new HashMap<>(TestSettings.all());
    url = TestServer.newDatabase();
    settings.put(JDBC_URL, url);
    return settings;
  }

  /** The server ends with the JVM. */
  @Override
  public void stop() {}
}
