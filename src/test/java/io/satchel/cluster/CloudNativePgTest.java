package io.satchel.cluster;

import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.satchel.clients.NodeProject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** Validates CloudNativePG's objects with a TypeScript model; the Java model lacks them. */
@Execution(CONCURRENT)
class CloudNativePgTest {

  @Test
  void the_objects_are_valid_in_the_api_of_cloudnative_pg() {
    NodeProject.test("cloudnative-pg", Map.of());
  }
}
