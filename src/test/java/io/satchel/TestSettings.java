package io.satchel;

import java.nio.file.Path;
import java.util.Map;

/** The settings of the tests, without the database. */
public final class TestSettings {

  public static final String ADMIN_EMAIL = "admin@example.org";
  public static final String ADMIN_PASSWORD = "with-great-power-4";

  private TestSettings() {}

  /** Returns the file of the signing key. */
  public static Path signingKey() {
    return KeyFiles.file("signing-key");
  }

  static Map<String, String> all() {
    return Map.ofEntries(
        Map.entry("satchel.tokens.signing-keys", signingKey().toString()),
        Map.entry("satchel.admin.email", ADMIN_EMAIL),
        Map.entry("satchel.admin.password", ADMIN_PASSWORD),
        // All tests have the same address, or choose one with X-Forwarded-For.
        Map.entry("satchel.limits.sign-ups-from-address", "1000000"),
        Map.entry("satchel.limits.failed-logins-from-address", "1000000"),
        Map.entry("satchel.limits.requests-per-minute", "0"),
        Map.entry("quarkus.http.proxy.trusted-proxies", "127.0.0.1"),
        // Tests search the log for texts.
        Map.entry("quarkus.log.console.json.enabled", "false"),
        // A slow machine needs long for many connections at once.
        Map.entry("quarkus.datasource.jdbc.acquisition-timeout", "100S"),
        Map.entry("satchel.distribute-tables", Boolean.toString(TestServer.isCitus())),
        // Concurrent requests take long on a slow machine.
        Map.entry("satchel.tokens.refresh-grace-period", "10M"),
        // No load balancer must notice the shutdown.
        Map.entry("quarkus.shutdown.delay", "0S"));
  }
}
