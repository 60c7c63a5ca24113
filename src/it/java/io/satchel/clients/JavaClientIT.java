package io.satchel.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.satchel.Api;
import io.satchel.PackagedService;
import io.satchel.client.ApiClient;
import io.satchel.client.ApiException;
import io.satchel.client.ApiResponse;
import io.satchel.client.JSON;
import io.satchel.client.api.ItemsApi;
import io.satchel.client.api.PasswordsApi;
import io.satchel.client.api.TokensApi;
import io.satchel.client.api.UsersApi;
import io.satchel.client.model.Item;
import io.satchel.client.model.ItemChange;
import io.satchel.client.model.NewItem;
import io.satchel.client.model.NewUser;
import io.satchel.client.model.PasswordChange;
import io.satchel.client.model.Problem;
import io.satchel.client.model.Tokens;
import io.satchel.client.model.User;
import io.satchel.client.model.Visibility;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs the Java client of OpenAPI Generator against the packaged service. */
class JavaClientIT {

  private static PackagedService service;
  private static ApiClient client;
  private static User user;

  private final ItemsApi items = new ItemsApi(client);

  @BeforeAll
  static void start() throws ApiException {
    service = PackagedService.startWithDatabase();
    String url = service.root().toString();
    String email = Api.newEmail();
    String password = Api.PASSWORD;

    client = new ApiClient();
    client.updateBaseUri(url);
    user = new UsersApi(client).createUser(new NewUser().email(email).password(password));
    Tokens tokens = new TokensApi(client).issueToken("password", email, password, null);
    client.setRequestInterceptor(
        request -> request.header("Authorization", "Bearer " + tokens.getAccessToken()));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void the_client_reads_the_caller() throws ApiException {
    assertEquals(user.getId(), new UsersApi(client).getMe(null).getId());
    assertEquals(List.of(), user.getItems());
  }

  @Test
  void the_client_pages_through_a_thousand_items() throws ApiException {
    List<NewItem> titles =
        IntStream.range(0, 1_000).mapToObj(i -> new NewItem().title("item " + i)).toList();
    Set<Long> created = new HashSet<>();
    items.createItems(titles, null).forEach(item -> created.add(item.getId()));
    assertEquals(1_000, created.size());

    Pattern next = Pattern.compile("<[^>]*[?&]after=([^&>]+)[^>]*>; rel=\"next\"");
    List<Item> all = new ArrayList<>();
    String after = null;
    do {
      ApiResponse<List<Item>> page =
          items.listItemsWithHttpInfo(
              after, null, null, null, 150, user.getId(), "item", null, null, null, null);
      all.addAll(page.getData());
      Matcher link = next.matcher(page.getHeaders().get("Link").getFirst());
      after = link.find() ? link.group(1) : null;
    } while (after != null);
    assertEquals(1_000, all.size());
    assertEquals(created, new HashSet<>(all.stream().map(Item::getId).toList()));
  }

  @Test
  void the_client_retries_a_request() throws ApiException {
    String key = UUID.randomUUID().toString();
    Item first = items.createItem(new NewItem().title("Katana"), key);
    Item again = items.createItem(new NewItem().title("Katana"), key);
    assertEquals(first, again);
  }

  @Test
  void the_client_changes_only_what_it_has_read() throws ApiException {
    NewItem katana =
        new NewItem()
            .title("Katana")
            .description("One of a pair")
            .visibility(Visibility.PRIVATE)
            .date(LocalDate.of(2026, 12, 31));
    long id = items.createItem(katana, null).getId();

    String tag = items.getItemWithHttpInfo(id, null).getHeaders().get("ETag").getFirst();
    Item changed = items.updateItem(id, new ItemChange().description(null), tag);
    assertEquals("Katana", changed.getTitle()); // absent, and therefore unchanged
    assertNull(changed.getDescription());

    ApiException late =
        assertThrows(
            ApiException.class, () -> items.updateItem(id, new ItemChange().title("Unicorn"), tag));
    assertEquals(412, late.getCode());
    assertEquals(LocalDate.of(2026, 12, 31), items.getItem(id, null).getDate());
    assertEquals(304, statusOf(() -> items.getItem(id, newTag(id))));
    items.deleteItem(id, newTag(id));
    assertEquals(404, statusOf(() -> items.getItem(id, null)));
  }

  private String newTag(long id) throws ApiException {
    return items.getItemWithHttpInfo(id, null).getHeaders().get("ETag").getFirst();
  }

  @Test
  void the_client_distinguishes_problems() throws JsonProcessingException {
    ApiException rejected =
        assertThrows(ApiException.class, () -> items.createItem(new NewItem().title(""), null));
    Problem problem =
        JSON.getDefault().getMapper().readValue(rejected.getResponseBody(), Problem.class);
    switch (problem.getType()) {
      case "/problems/invalid-input" ->
          problem
              .getErrors()
              .forEach(error ->
                  assertEquals(
                      "/title must not be blank", error.getPointer() + " " + error.getDetail()));
      default -> throw new AssertionError(problem);
    }
  }

  @Test
  void the_client_accepts_a_response_without_a_body() throws ApiException {
    String email = Api.newEmail();
    UsersApi users = new UsersApi(client);
    TokensApi tokens = new TokensApi(client);
    long id = users.createUser(new NewUser().email(email).password(Api.PASSWORD), null).getId();
    ApiClient theirs = new ApiClient();
    theirs.updateBaseUri(service.root().toString());
    String token = tokens.issueToken("password", email, Api.PASSWORD, null).getAccessToken();
    theirs.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
    new PasswordsApi(theirs)
        .changePassword(
            new PasswordChange().currentPassword(Api.PASSWORD).newPassword("maximum-effort-2026"));
    String renewed =
        tokens.issueToken("password", email, "maximum-effort-2026", null).getAccessToken();
    theirs.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + renewed));
    new UsersApi(theirs).deleteUser(id, null);
    tokens.revokeToken(renewed);
  }

  @Test
  void the_client_exports_to_a_file() throws ApiException, IOException {
    items.createItem(new NewItem().title("Katana"), null);
    Path file = items.exportItems().toPath();
    assertTrue(Files.readString(file).startsWith("{\"id\":"));
    Files.delete(file);
  }

  @Test
  void names_are_those_of_the_description() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("target/java-client/src/main/java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith("Api.java")).toList()) {
        String text = Files.readString(source);
        assertFalse(
            Pattern.compile("public .* \\w+_\\d+\\(").matcher(text).find(), source::toString);
        assertFalse(Pattern.compile("public Object ").matcher(text).find(), source::toString);
      }
      assertNotNull(ItemsApi.class);
    }
  }

  private static int statusOf(Request request) {
    return assertThrows(ApiException.class, request::send).getCode();
  }

  private interface Request {

    void send() throws ApiException;
  }
}
