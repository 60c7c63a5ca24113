package io.satchel;

import java.nio.file.Path;
import java.util.Map;

/** The settings that the service is tested with, besides where its database is. */
public final class TestSettings {

  public static final String ADMIN_EMAIL = "admin@example.org";
  public static final String ADMIN_PASSWORD = "with-great-power-4";

  private TestSettings() {}

  /** The file with the key that signs. */
  public static Path signingKey() {
    return Keys.file("signing-key");
  }

  static Map<String, String> all() {
    return Map.ofEntries(
        Map.entry("satchel.tokens.signing-keys", signingKey().toString()),
        Map.entry("satchel.admin.email", ADMIN_EMAIL),
        Map.entry("satchel.admin.password", ADMIN_PASSWORD),
        // all tests come from one address, or say that they come from another
        Map.entry("satchel.limits.sign-ups-from-address", "1000000"),
        Map.entry("satchel.limits.failed-logins-from-address", "1000000"),
        Map.entry("satchel.limits.requests-per-minute", "0"),
        Map.entry("quarkus.http.proxy.trusted-proxies", "127.0.0.1"),
        // nobody has to notice that it goes
        Map.entry("quarkus.shutdown.delay", "0S"));
  }
}
