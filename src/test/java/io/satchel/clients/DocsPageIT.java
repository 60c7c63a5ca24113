package io.satchel.clients;

import io.satchel.PackagedService;
import io.satchel.Programs;
import io.satchel.TestSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page at /docs in Chromium, where there is one. */
class DocsPageIT {

  @Test
  void a_user_authorises_and_tries_an_operation() {
    Programs.require("node", "npm", "chromium");
    try (PackagedService service = PackagedService.startWithDatabase()) {
      NodeProject.test(
          "docs",
          Map.of(
              "SATCHEL_URL",
              service.root().toString(),
              "CHROMIUM",
              Programs.find("chromium").orElseThrow().toString(),
              "EMAIL",
              TestSettings.ADMIN_EMAIL,
              "PASSWORD",
              TestSettings.ADMIN_PASSWORD));
    }
  }
}
