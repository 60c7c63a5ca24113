package io.satchel.platform.persistence;

import static io.satchel.Api.newEmail;
import static io.satchel.Api.newItem;
import static io.satchel.Api.patch;
import static io.satchel.Api.signUp;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.satchel.Api;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TimestampsTest {

  @BeforeEach
  void logAdminIn() {
    Api.renewAdminToken();
  }

  @Test
  void timestamps_have_microseconds_of_the_service_s_clock() {
    setClock("2026-11-20T09:30:00.123456789Z");
    long user = signUp(newEmail());
    long item = newItem(user, "Katana");

    setClock("2027-01-02T03:04:05Z");
    patch("/users/" + user, Map.of("first_name", "Wade"))
        .body("created_at", equalTo("2026-11-20T09:30:00.123456Z"))
        .body("updated_at", equalTo("2027-01-02T03:04:05.000000Z"));
    patch("/items/" + item, Map.of("title", "Other"))
        .body("created_at", equalTo("2026-11-20T09:30:00.123456Z"))
        .body("updated_at", equalTo("2027-01-02T03:04:05.000000Z"));
  }

  @Test
  void a_change_without_effect_does_not_update_the_timestamp() {
    setClock("2026-11-20T09:30:00Z");
    long item = newItem(signUp(newEmail()), "Katana");

    setClock("2027-01-02T03:04:05Z");
    patch("/items/" + item, Map.of("title", "Katana"))
        .body("updated_at", equalTo("2026-11-20T09:30:00.000000Z"));
  }

  /** Sets the clock until the end of the test. */
  private static void setClock(String now) {
    QuarkusMock.installMockForType(Clock.fixed(Instant.parse(now), ZoneOffset.UTC), Clock.class);
  }
}
