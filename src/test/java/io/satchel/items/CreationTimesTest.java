package io.satchel.items;

import static io.satchel.Api.asAdmin;
import static io.satchel.Api.newItem;
import static io.satchel.Api.newUser;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter by time, and the format of times (RFC 3339, section 5.6). */
@QuarkusTest
class CreationTimesTest {

  @Test
  void a_bound_is_not_rounded_up() {
    long user = newUser();
    newItem(user, "Katana");
    String path = "/items/?owner_id=" + user;
    String time = asAdmin().get(path).jsonPath().getString("[0].created_at");
    String before = Instant.parse(time).minusNanos(1_000).toString().replace("Z", "");
    if (!before.contains(".")) {
      before += ".000000";
    }
    for (String digits : List.of("9Z", "999Z", "999999999999Z")) {
      String bound = (before + "000000").substring(0, before.indexOf('.') + 7) + digits;
      asAdmin().queryParam("created_after", bound).get(path).then().body("", hasSize(1));
    }
    asAdmin().queryParam("created_after", time).get(path).then().body("", hasSize(0));
  }

  @Test
  void times_have_six_digits_everywhere() {
    long user = newUser();
    newItem(user, "Katana");
    String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z";
    asAdmin().get("/users/" + user).then().body("items[0].updated_at", matchesPattern(time));
    asAdmin()
        .header("Accept", "text/csv")
        .get("/items/export")
        .then()
        .body(matchesPattern("(?s).*,\"?" + time + "\"?,\"?" + time + "\"?\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-20T09:30:00Z",
        "2026-11-20t09:30:00z",
        "2026-11-20T09:30:00.1Z",
        "2026-11-20T09:30:00.123456789012345678901234567890Z",
        "2026-11-20T09:30:00+23:59",
        "2026-11-20T09:30:00-23:59",
        "2026-11-20T09:30:00-00:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2024-02-29T00:00:00Z",
      })
  void what_the_grammar_permits_is_accepted(String time) {
    asAdmin().queryParam("created_after", time).get("/items/?limit=1").then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-20",
        "2026-11-20T09:30Z",
        "2026-11-20T09:30:00",
        "2026-11-20 09:30:00Z",
        "2026-11-20T09:30:00,5Z",
        "2026-11-20T09:30:00.Z",
        "2026-11-20T09:30:00+01",
        "2026-11-20T09:30:00+0100",
        "2026-11-20T09:30:00+01:00:00",
        "2026-11-20T09:30:00+24:00",
        "2026-11-20T09:30:00+01:60",
        "2026-11-20T24:00:00Z",
        "2026-11-20T09:30:60Z",
        "2026-02-30T09:30:00Z",
        "2026-1-20T09:30:00Z",
        "02026-11-20T09:30:00Z",
        "+2026-11-20T09:30:00Z",
        "0000-12-31T23:59:59Z",
        "0001-01-01T00:00:00+00:01",
        "２026-11-20T09:30:00Z",
        "2026-11-20T09:30:00Z[UTC]",
        " 2026-11-20T09:30:00Z",
      })
  void what_it_does_not_permit_is_rejected(String time) {
    asAdmin()
        .queryParam("created_after", time)
        .get("/items/?limit=1")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/created_after"));
  }
}
