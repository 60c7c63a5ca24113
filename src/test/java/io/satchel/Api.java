package io.satchel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests that many tests send. */
public final class Api {

  public static final String PASSWORD = "chimichangas4life";

  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

  private static final Duration TOKEN_USED_FOR = Duration.ofMinutes(3);

  private static String adminToken;
  private static Instant adminTokenSince = Instant.EPOCH;

  private Api() {}

  /** Returns a request of the first admin. */
  public static synchronized RequestSpecification asAdmin() {
    if (Instant.now().minus(TOKEN_USED_FOR).isAfter(adminTokenSince)) {
      adminToken = accessToken(TestSettings.ADMIN_EMAIL, TestSettings.ADMIN_PASSWORD);
      adminTokenSince = Instant.now();
    }
    return as(adminToken);
  }

  /** Returns a request with an access token. */
  public static RequestSpecification as(String accessToken) {
    return RestAssured.given().auth().oauth2(accessToken);
  }

  /** Returns a request of a user. */
  public static RequestSpecification as(Person person) {
    return as(person.accessToken());
  }

  /** A user with an access token. */
  public record Person(long id, String email, String accessToken) {}

  /** Creates a user with an access token, without a log-in. */
  public static Person newPerson() {
    return TestDatabase.url().map(TestUsers::create).orElseGet(Api::newPersonWithLogin);
  }

  /** Signs up a new user, and logs in. */
  public static Person newPersonWithLogin() {
    String email = newEmail();
    long id = signUp(email);
    return new Person(id, email, accessToken(email, PASSWORD));
  }

  /** Signs up a new user, and returns the user's id. */
  public static long signUp(String email) {
    return post("/users/", Map.of("email", email, "password", PASSWORD))
        .statusCode(201)
        .extract()
        .jsonPath()
        .getLong("id");
  }

  /** Sends concurrent requests, and returns their results. */
  public static <T> List<T> concurrently(int clients, Callable<T> request)
      throws InterruptedException {
    CyclicBarrier start = new CyclicBarrier(clients);
    Callable<T> atTheSameMoment =
        () -> {
          start.await(100, TimeUnit.SECONDS);
          return request.call();
        };
    try (ExecutorService executor = Executors.newFixedThreadPool(clients)) {
      return executor.invokeAll(Collections.nCopies(clients, atTheSameMoment)).stream()
          .map(Future::resultNow)
          .toList();
    }
  }

  /** Waits until an access token is rejected. */
  public static void awaitRevocation(String accessToken) {
    awaitRevoked(() -> as(accessToken).get("/users/me").statusCode() == 401);
  }

  /** Waits until a request is rejected. One that begins after five seconds must be. */
  public static void awaitRevoked(BooleanSupplier isRejected) {
    Instant end = Instant.now().plusSeconds(5);
    boolean mayBeAccepted = true;
    while (!isRejected.getAsBoolean()) {
      assertTrue(mayBeAccepted, "still accepted after 5 seconds");
      mayBeAccepted = Instant.now().isBefore(end);
    }
  }

  /** Logs the admin in now, and not in the middle of a test. */
  public static synchronized void renewAdminToken() {
    adminTokenSince = Instant.MIN;
    asAdmin();
  }

  /** Creates an item of a user, and returns its id. */
  public static long newItem(Person owner, String visibility) {
    return as(owner)
        .contentType(ContentType.JSON)
        .body(Map.of("title", "katana", "visibility", visibility))
        .post("/items/")
        .then()
        .statusCode(201)
        .extract()
        .jsonPath()
        .getLong("id");
  }

  /** Logs in. */
  public static ValidatableResponse logIn(String login, String password) {
    return logIn(RestAssured.given(), login, password);
  }

  /** Logs in with the given request. */
  public static ValidatableResponse logIn(
      RequestSpecification request, String login, String password) {
    return token(
        request, Map.of("grant_type", "password", "username", login, "password", password));
  }

  /** Uses a refresh token with the given request. */
  public static ValidatableResponse refresh(RequestSpecification request, String token) {
    return token(request, Map.of("grant_type", "refresh_token", "refresh_token", token));
  }

  private static ValidatableResponse token(
      RequestSpecification request, Map<String, String> parameters) {
    return request
        .contentType("application/x-www-form-urlencoded; charset=UTF-8")
        .formParams(parameters)
        .when()
        .post("/token")
        .then();
  }

  public static String accessToken(String login, String password) {
    return logIn(login, password).statusCode(200).extract().jsonPath().getString("access_token");
  }

  public static String newEmail() {
    return UUID.randomUUID() + "@example.com";
  }

  /** Creates a user, and returns the user's id. */
  public static long newUser() {
    return newPerson().id();
  }

  /** Creates an item for a user, and returns its id. */
  public static long newItem(long userId, String title) {
    return post("/users/" + userId + "/items/", Map.of("title", title))
        .statusCode(201)
        .extract()
        .jsonPath()
        .getLong("id");
  }

  /** Returns all elements of a list, by following its links. */
  public static List<Map<String, Object>> all(String path) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Optional<String> page = Optional.of(path); page.isPresent(); ) {
      var response = get(page.get()).statusCode(200).extract();
      rows.addAll(response.jsonPath().getList(""));
      page = next(response.header("Link"));
    }
    return rows;
  }

  /** Returns the URL of the next page, if there is one. */
  public static Optional<String> next(String link) {
    Matcher matcher = NEXT.matcher(Objects.requireNonNullElse(link, ""));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  public static ValidatableResponse get(String path) {
    return asAdmin().when().get(path).then();
  }

  public static ValidatableResponse post(String path, Object body) {
    return asAdmin().contentType(ContentType.JSON).body(body).when().post(path).then();
  }

  public static ValidatableResponse patch(String path, Object body) {
    return asAdmin().contentType(ContentType.JSON).body(body).when().patch(path).then();
  }

  public static ValidatableResponse delete(String path) {
    return asAdmin().when().delete(path).then();
  }
}
