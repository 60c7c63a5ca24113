package io.satchel.accounts;

import static io.satchel.Api.PASSWORD;

import io.restassured.http.ContentType;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.satchel.PackagedService;
import java.util.List;
import java.util.Map;

/** Requests about accounts. */
public record AccountRequests(PackagedService service) {

  public ValidatableResponse signUp(String email) {
    return post("/users/", Map.of("email", email, "password", PASSWORD));
  }

  /** Signs up, logs in, and returns the access token. */
  public String newSession(String email) {
    signUp(email).statusCode(201);
    return service.accessToken(email, PASSWORD);
  }

  public ValidatableResponse recover(String email) {
    return post("/password-recovery", Map.of("email", email));
  }

  public ValidatableResponse reset(String token, String password) {
    return post("/password-reset", Map.of("token", token, "new_password", password));
  }

  public ValidatableResponse verify(String token) {
    return post("/email-verification", Map.of("token", token));
  }

  public ValidatableResponse undoChange(String token) {
    return post("/email-change-undo", Map.of("token", token));
  }

  /** Sends the link again that verifies the caller's address. */
  public ValidatableResponse sendVerification(String accessToken) {
    return service.as(accessToken).post("/users/me/email-verification").then();
  }

  public ValidatableResponse me(String accessToken) {
    return service.as(accessToken).get("/users/me").then();
  }

  public ValidatableResponse changeEmail(String accessToken, String email) {
    int id = me(accessToken).extract().path("id");
    return service
        .as(accessToken)
        .contentType(ContentType.JSON)
        .body(Map.of("email", email, "current_password", PASSWORD))
        .patch("/users/" + id)
        .then();
  }

  public ValidatableResponse changePassword(String accessToken, String current, String wanted) {
    return service
        .as(accessToken)
        .contentType(ContentType.JSON)
        .body(Map.of("current_password", current, "new_password", wanted))
        .put("/users/me/password")
        .then();
  }

  private ValidatableResponse post(String path, Map<String, String> body) {
    return service.given().contentType(ContentType.JSON).body(body).post(path).then();
  }

  /** Returns what a client sees of a response, except for the id of the request. */
  public static String describe(Response response) {
    List<Header> headers =
        response.headers().asList().stream()
            .filter(header -> !header.getName().equals("X-Request-Id"))
            .toList();
    return response.statusLine() + headers + response.asString();
  }
}
