package io.satchel.platform.openapi;

import io.satchel.clients.NodeProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Checks the description with Spectral, if Node is installed. */
@Execution(ExecutionMode.CONCURRENT)
class SpectralIT {

  @Test
  void spectral_reports_nothing() {
    NodeProject.runScript("lint");
  }
}
