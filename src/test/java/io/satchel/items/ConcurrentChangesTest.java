package io.satchel.items;

import static io.satchel.Api.as;
import static io.satchel.Api.get;
import static io.satchel.Api.newItem;
import static io.satchel.Api.newPerson;
import static io.satchel.platform.persistence.DatabaseQueries.awaitWaiting;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.satchel.Api.Person;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Concurrent changes of the same resource. */
@QuarkusTest
class ConcurrentChangesTest {

  @Inject DataSource database;

  private Person owner;
  private String item;
  private String user;

  @BeforeEach
  void create() {
    owner = newPerson();
    item = "/items/" + newItem(owner, "public");
    user = "/users/" + owner.id();
  }

  @Test
  void two_patches_of_different_members_both_take_effect() throws Exception {
    for (Response response :
        interleave(
            "items",
            item,
            () -> patch(as(owner), item, Map.of("title", "theirs")),
            () -> patch(as(owner), item, Map.of("description", "mine")))) {
      assertEquals(200, response.statusCode());
    }
    get(item).body("title", equalTo("theirs")).body("description", equalTo("mine"));
    for (Response response :
        interleave(
            "users",
            user,
            () -> patch(as(owner), user, Map.of("first_name", "theirs")),
            () -> patch(as(owner), user, Map.of("last_name", "mine")))) {
      assertEquals(200, response.statusCode());
    }
    get(user).body("first_name", equalTo("theirs")).body("last_name", equalTo("mine"));
  }

  @Test
  void one_of_two_concurrent_conditional_changes_succeeds() throws Exception {
    String tag = get(item).extract().header("ETag");
    List<Response> responses =
        interleave(
            "items",
            item,
            () -> patch(as(owner).header("If-Match", tag), item, Map.of("title", "a")),
            () -> patch(as(owner).header("If-Match", tag), item, Map.of("description", "b")));
    assertEquals(List.of(200, 412), responses.stream().map(Response::statusCode).sorted().toList());
  }

  @Test
  void a_delete_checks_its_preconditions() throws Exception {
    String tag = get(item).extract().header("ETag");
    List<Response> responses =
        interleave(
            "items",
            item,
            () -> patch(as(owner), item, Map.of("title", "a")),
            () -> as(owner).header("If-Match", tag).delete(item));
    List<Integer> statuses = responses.stream().map(Response::statusCode).toList();
    // whichever was first
    assertEquals(
        true, List.of(List.of(200, 412), List.of(404, 204)).contains(statuses), statuses::toString);
  }

  /** Sends requests that all start before any of them can change the row. */
  private List<Response> interleave(
      String table, String path, Supplier<Response> one, Supplier<Response> other)
      throws Exception {
    List<CompletableFuture<Response>> responses;
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeQuery(
          "select * from %s where id = %s for update".formatted(table, path.replaceAll("\\D", "")));
      responses =
          Stream.of(one, other)
              .map(request -> CompletableFuture.supplyAsync(request, Thread::startVirtualThread))
              .toList();
      awaitWaiting(statement, responses.size());
      connection.rollback();
    }
    return responses.stream().map(CompletableFuture::join).toList();
  }

  private static Response patch(
      RequestSpecification request, String path, Map<String, String> members) {
    return request.contentType(ContentType.JSON).body(members).patch(path);
  }
}
