package io.satchel.platform.openapi;

import io.satchel.clients.NodeProject;
import org.junit.jupiter.api.Test;

/** Checks the description with Spectral, if Node is installed. */
class SpectralIT {

  @Test
  void spectral_reports_nothing() {
    NodeProject.runScript("lint");
  }
}
