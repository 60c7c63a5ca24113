package io.satchel.platform.problems;

import static io.satchel.Api.get;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InternalErrorTest {

  /** A resource with a defect, for this test only. */
  @Path("/failing")
  public static class FailingResource {

    @GET
    @PermitAll
    @Operation(hidden = true)
    public String fail() {
      throw new IllegalStateException("the inside of the program");
    }
  }

  @Test
  void an_internal_error_contains_a_trace_id_and_no_internals() {
    get("/failing")
        .statusCode(500)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/internal-error"))
        .body("trace_id", matchesPattern("[0-9a-f]{32}"))
        .body("", not(hasKey("errors")))
        .body(not(containsString("inside of the program")))
        .body(not(containsString("IllegalState")))
        .body(not(containsString("io.satchel")));
  }
}
