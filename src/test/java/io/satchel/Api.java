package io.satchel;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tests say to the service over and over. */
public final class Api {

  public static final String PASSWORD = "chimichangas4life";

  private static final Pattern NEXT = Pattern.compile("<(.*)>; rel=\"next\"");

  private Api() {}

  public static String newEmail() {
    return UUID.randomUUID() + "@example.com";
  }

  /** Signs a new user up, and answers the user's id. */
  public static long newUser() {
    return post("/users/", Map.of("email", newEmail(), "password", PASSWORD))
        .statusCode(201)
        .extract()
        .jsonPath()
        .getLong("id");
  }

  /** Gives a user an item, and answers the item's id. */
  public static long newItem(long userId, String title) {
    return post("/users/" + userId + "/items/", Map.of("title", title))
        .statusCode(201)
        .extract()
        .jsonPath()
        .getLong("id");
  }

  /** Everything that a list holds, page after page. */
  public static List<Map<String, Object>> all(String path) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Optional<String> page = Optional.of(path); page.isPresent(); ) {
      var response = get(page.get()).statusCode(200).extract();
      rows.addAll(response.jsonPath().getList(""));
      page = next(response.header("Link"));
    }
    return rows;
  }

  /** The target of a link to the next page. */
  public static Optional<String> next(String link) {
    Matcher matcher = NEXT.matcher(Objects.requireNonNullElse(link, ""));
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  public static ValidatableResponse get(String path) {
    return given().when().get(path).then();
  }

  public static ValidatableResponse post(String path, Object body) {
    return given().contentType(ContentType.JSON).body(body).when().post(path).then();
  }

  public static ValidatableResponse patch(String path, Object body) {
    return given().contentType(ContentType.JSON).body(body).when().patch(path).then();
  }

  public static ValidatableResponse delete(String path) {
    return given().when().delete(path).then();
  }
}
