package io.satchel;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class StartIT {

  @Test
  void without_a_database_it_refuses_to_start_and_names_the_setting() throws Exception {
    try (PackagedService service = PackagedService.launch()) {
      assertNull(service.root());
      assertThat(service.log(), containsString("quarkus.datasource.jdbc.url"));
      assertNotEquals(0, service.exitCode());
    }
  }
}
