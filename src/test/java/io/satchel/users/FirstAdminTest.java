package io.satchel.users;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.satchel.platform.persistence.SettingsCheck;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** A missing setting of the first admin prevents the start. StartIT shows that the process ends. */
@Execution(CONCURRENT)
class FirstAdminTest {

  private record Settings(Optional<String> email, Optional<String> password)
      implements FirstAdmin.Settings {}

  private static void check(String email, String password) {
    Settings settings = new Settings(Optional.ofNullable(email), Optional.ofNullable(password));
    new FirstAdmin(settings, null, null).checkSettings(new SettingsCheck());
  }

  private static String reason(String email, String password) {
    return assertThrows(ConfigurationException.class, () -> check(email, password)).getMessage();
  }

  @Test
  void the_missing_setting_is_named() {
    assertEquals("SATCHEL_ADMIN_PASSWORD: is missing", reason("admin@example.org", null));
    assertEquals("SATCHEL_ADMIN_EMAIL: is missing", reason(null, "with-great-power-4"));
    assertDoesNotThrow(() -> check(null, null));
    assertDoesNotThrow(() -> check("admin@example.org", "with-great-power-4"));
  }
}
