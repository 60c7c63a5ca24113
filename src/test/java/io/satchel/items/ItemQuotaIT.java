package io.satchel.items;

import static java.util.Collections.nCopies;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.satchel.Api;
import io.satchel.PackagedService;
import io.satchel.TestServer;
import io.satchel.accounts.AccountRequests;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An owner has a limited number of items, and creates a limited number in a minute. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ItemQuotaIT {

  private static final int QUOTA = 3_500;
  private static final int BATCH = 500;
  private static final Map<String, String> ITEM = Map.of("title", "Katana");

  /** Below 500 items, estimates are enough. */
  private static final String[] OPTIONS = {
    "-Dsatchel.limits.items-of-owner=" + QUOTA,
    "-Dsatchel.limits.created-items-per-minute=3000",
    "-Dquarkus.datasource.jdbc.url=" + TestServer.newDatabase()
  };

  private PackagedService service;
  private PackagedService otherReplica;

  @BeforeAll
  void start() {
    service = PackagedService.start(OPTIONS);
    otherReplica = PackagedService.start(OPTIONS);
  }

  @AfterAll
  void stop() {
    service.close();
    otherReplica.close();
  }

  @Test
  void concurrent_batches_reach_the_quota_and_no_more() throws Exception {
    String token = new AccountRequests(service).newSession(Api.newEmail());
    var replicas = new AtomicInteger();
    List<Integer> statuses =
        Api.concurrently(
            12,
            () ->
                create(replicas.getAndIncrement() % 2 == 0 ? service : otherReplica, token, BATCH)
                    .statusCode());
    assertEquals(QUOTA / BATCH, statuses.stream().filter(status -> status == 201).count());
    assertEquals(12 - QUOTA / BATCH, statuses.stream().filter(status -> status == 409).count());
    assertEquals(Integer.toString(QUOTA), count(token));
  }

  @Test
  void an_item_beyond_the_quota_is_rejected_until_another_one_is_deleted() {
    String token = new AccountRequests(service).newSession(Api.newEmail());
    for (int i = 0; i < 3; i++) {
      create(token, 1_000).then().statusCode(201);
    }
    create(token, BATCH + 1)
        .then()
        .statusCode(409)
        .body("type", containsString("/problems/item-quota"));
    String item = create(token, BATCH).jsonPath().getString("[0].id");
    createOne(token).then().statusCode(409).body("title", equalTo("Item quota"));
    service.as(token).delete("/items/" + item).then().statusCode(204);
    createOne(token).then().statusCode(201);
    createOne(token).then().statusCode(409);
  }

  @Test
  void a_user_creates_a_limited_number_of_items_in_a_minute() {
    try (PackagedService limited =
        PackagedService.startWithDatabase(
            "-Dsatchel.limits.created-items-per-minute=1000",
            "-Dsatchel.limits.requests-per-minute=600")) {
      AccountRequests accounts = new AccountRequests(limited);
      String token = accounts.newSession(Api.newEmail());
      create(limited, token, 1_000).then().statusCode(201);
      create(limited, token, 1).then().statusCode(429).header("Retry-After", notNullValue());
      create(limited, accounts.newSession(Api.newEmail()), 1).then().statusCode(201);
    }
  }

  private Response create(String token, int items) {
    return create(service, token, items);
  }

  private static Response create(PackagedService replica, String token, int items) {
    return replica
        .as(token)
        .contentType(ContentType.JSON)
        .body(nCopies(items, ITEM))
        .post("/items/batch");
  }

  private Response createOne(String token) {
    return service.as(token).contentType(ContentType.JSON).body(ITEM).post("/items/");
  }

  private String count(String token) {
    return service
        .as(token)
        .header("Prefer", "count=exact")
        .get("/items/?visibility=public&limit=1&owner_id=" + id(token))
        .header("X-Total-Count");
  }

  private int id(String token) {
    return service.as(token).get("/users/me").jsonPath().getInt("id");
  }
}
