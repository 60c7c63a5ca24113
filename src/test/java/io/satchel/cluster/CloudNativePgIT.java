package io.satchel.cluster;

import io.satchel.clients.NodeProject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The API's own model does not know CloudNativePG's objects; one in TypeScript does. */
class CloudNativePgIT {

  @Test
  void its_objects_are_ones_that_its_api_accepts() {
    NodeProject.test("cloudnative-pg", Map.of());
  }
}
