package io.satchel.clients;

import io.satchel.ExternalPrograms;
import io.satchel.TestSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Opens Swagger UI at /docs in Chromium, if it is installed. */
class DocsPageIT {

  @Test
  void a_user_authorizes_and_calls_an_operation() {
    ExternalPrograms.require("node", "npm", "chromium");
    NodeProject.test(
        "docs",
        Map.of(
            "SATCHEL_URL",
            ClientsService.get().root().toString(),
            "CHROMIUM",
            ExternalPrograms.find("chromium").orElseThrow().toString(),
            "EMAIL",
            TestSettings.ADMIN_EMAIL,
            "PASSWORD",
            TestSettings.ADMIN_PASSWORD));
  }
}
