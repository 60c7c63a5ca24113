package io.satchel.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.http.ContentType;
import io.satchel.Api;
import io.satchel.PackagedService;
import io.satchel.TestServer;
import io.satchel.TestSettings;
import io.satchel.accounts.AccountRequests;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two replicas on one database, started at the same time. */
class ReplicasIT {

  private static final String URL = TestServer.newDatabase();
  private static List<PackagedService> replicas;

  @BeforeAll
  static void start() throws Exception {
    replicas =
        Stream.generate(() -> PackagedService.begin("-Dquarkus.datasource.jdbc.url=" + URL))
            .limit(2)
            .toList();
    replicas.forEach(PackagedService::awaitStart);
  }

  @AfterAll
  static void stop() throws Exception {
    replicas.forEach(PackagedService::close);
  }

  @Test
  void one_of_the_replicas_creates_the_first_admin() throws Exception {
    try (Connection connection = DriverManager.getConnection(URL);
        Statement statement = connection.createStatement();
        ResultSet admins =
            statement.executeQuery("select count(*), min(email) from users where is_admin")) {
      admins.next();
      assertEquals(1, admins.getInt(1));
      assertEquals(TestSettings.ADMIN_EMAIL, admins.getString(2));
    }
    replicas.forEach(PackagedService::adminToken);
  }

  @Test
  void one_of_the_replicas_migrates() {
    for (String once : List.of("Successfully applied", "Created the first admin")) {
      assertEquals(
          1, replicas.stream().filter(replica -> replica.log().contains(once)).count(), once);
    }
  }

  @Test
  void a_user_deactivated_at_one_replica_is_rejected_by_the_other_within_five_seconds() {
    PackagedService one = replicas.get(0);
    PackagedService other = replicas.get(1);
    String email = Api.newEmail();
    long id = new AccountRequests(one).signUp(email).extract().jsonPath().getLong("id");
    String token = one.accessToken(email, Api.PASSWORD);
    assertEquals(200, me(other, token));
    one.as(one.adminToken())
        .contentType(ContentType.JSON)
        .body(Map.of("is_active", false))
        .patch("/users/" + id)
        .then()
        .statusCode(200);
    Api.awaitRevoked(() -> me(other, token) != 200);
    assertEquals(401, me(other, token));
    assertEquals(401, me(one, token));
  }

  @Test
  void failed_logins_at_both_replicas_are_counted_together() {
    String unknown = Api.newEmail();
    for (int i = 0; i < 5; i++) {
      Api.logIn(replicas.get(i % 2).given(), unknown, "wrong").statusCode(400);
    }
    replicas.forEach(replica -> Api.logIn(replica.given(), unknown, "wrong").statusCode(429));
  }

  @Test
  void all_replicas_replace_a_refresh_token_by_the_same_one() {
    String token =
        Api.logIn(replicas.get(0).given(), TestSettings.ADMIN_EMAIL, TestSettings.ADMIN_PASSWORD)
            .extract()
            .jsonPath()
            .getString("refresh_token");
    List<String> next = replicas.stream().map(replica -> refresh(replica, token)).toList();
    assertEquals(next.get(0), next.get(1));
    refresh(replicas.get(1), refresh(replicas.get(0), next.get(0)));
    Api.refresh(replicas.get(0).given(), token).statusCode(400);
  }

  private static String refresh(PackagedService replica, String token) {
    return Api.refresh(replica.given(), token)
        .statusCode(200)
        .extract()
        .jsonPath()
        .getString("refresh_token");
  }

  private static int me(PackagedService replica, String token) {
    return replica.as(token).get("/users/me").statusCode();
  }
}
