package io.satchel.platform.openapi;

import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.satchel.clients.NodeProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** Checks the description with Spectral, if Node is installed. */
@Execution(CONCURRENT)
class SpectralTest {

  @Test
  void spectral_reports_nothing() {
    NodeProject.runScript("lint");
  }
}
