package io.satchel.platform.persistence;

import io.satchel.PackagedService;
import org.junit.jupiter.api.Test;

/** The zone of the machine is irrelevant, also if PostgreSQL does not know it. */
class TimeZoneIT {

  @Test
  void the_service_starts_in_a_zone_that_postgresql_does_not_know() {
    try (PackagedService service = PackagedService.startWithDatabase("-Duser.timezone=IST")) {
      service.as(service.adminToken()).get("/users/me").then().statusCode(200);
    }
  }
}
