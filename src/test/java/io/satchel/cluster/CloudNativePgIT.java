package io.satchel.cluster;

import io.satchel.clients.NodeProject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Validates CloudNativePG's objects with a TypeScript model; the Java model lacks them. */
class CloudNativePgIT {

  @Test
  void the_objects_are_valid_in_the_api_of_cloudnative_pg() {
    NodeProject.test("cloudnative-pg", Map.of());
  }
}
