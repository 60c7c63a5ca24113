package io.satchel.users;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.satchel.Api;
import io.satchel.PackagedService;
import io.satchel.TestServer;
import io.satchel.platform.persistence.DatabaseQueries;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** There is always an active admin. */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class LastAdminIT {

  @Test
  void the_last_active_admin_cannot_be_removed() throws Exception {
    String database = TestServer.newDatabase();
    try (PackagedService service =
            PackagedService.start("-Dquarkus.datasource.jdbc.url=" + database);
        Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      String token = service.adminToken();
      long first = service.as(token).get("/users/me").jsonPath().getLong("id");
      for (Map<String, Boolean> change :
          List.of(Map.of("is_active", false), Map.of("is_admin", false))) {
        change(service, token, first, change)
            .then()
            .statusCode(409)
            .body("type", is("/problems/last-admin"));
      }
      service.as(token).delete("/users/" + first).then().statusCode(409);
      long second = signUp(service);
      change(service, token, second, Map.of("is_admin", true, "is_active", false));
      service.as(token).delete("/users/" + first).then().statusCode(409);
      change(service, token, second, Map.of("is_active", true)).then().statusCode(200);
      statement.execute("begin; select from users for update");
      CompletableFuture<Integer> one = deactivate(service, token, first);
      CompletableFuture<Integer> other = deactivate(service, token, second);
      DatabaseQueries.awaitWaiting(statement, 2);
      statement.execute("rollback");
      assertEquals(List.of(200, 409), Stream.of(one.join(), other.join()).sorted().toList());
    }
  }

  private static CompletableFuture<Integer> deactivate(
      PackagedService service, String token, long id) {
    return CompletableFuture.supplyAsync(
        () -> change(service, token, id, Map.of("is_active", false)).statusCode(),
        Thread::startVirtualThread);
  }

  private static long signUp(PackagedService service) {
    return service
        .given()
        .contentType(ContentType.JSON)
        .body(Map.of("email", Api.newEmail(), "password", Api.PASSWORD))
        .post("/users/")
        .jsonPath()
        .getLong("id");
  }

  private static Response change(
      PackagedService service, String token, long id, Map<String, ?> change) {
    return service.as(token).contentType(ContentType.JSON).body(change).patch("/users/" + id);
  }
}
