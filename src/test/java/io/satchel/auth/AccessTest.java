package io.satchel.auth;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.accessToken;
import static io.satchel.Api.as;
import static io.satchel.Api.awaitRevocation;
import static io.satchel.Api.delete;
import static io.satchel.Api.get;
import static io.satchel.Api.newEmail;
import static io.satchel.Api.newItem;
import static io.satchel.Api.newPerson;
import static io.satchel.Api.patch;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.satchel.Api.Person;
import io.satchel.auth.tokens.TokenForger;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may call each operation of the description. */
@QuarkusTest
class AccessTest {

  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";

  private static final String SESSION = "00000000-0000-0000-0000-000000000000";

  private static Person stranger;
  private static String admin;

  /** The status for each kind of caller, on a resource of one owner. */
  record Rule(
      String operation,
      String request,
      String mediaType,
      String body,
      int anonymous,
      int stranger,
      int owner,
      int admin) {

    boolean isForAnyone() {
      return anonymous != 401;
    }

    @Override
    public String toString() {
      return operation;
    }
  }

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "createUser",
            "POST /users/",
            JSON,
            "{\"email\": \"{email}\", \"password\": \"" + PASSWORD + "\"}",
            201,
            201,
            201,
            201),
        new Rule("listUsers", "GET /users/", "", "", 401, 403, 403, 200),
        new Rule("getMe", "GET /users/me", "", "", 401, 200, 200, 200),
        new Rule(
            "changePassword",
            "PUT /users/me/password",
            JSON,
            "{\"current_password\": \"wrong\", \"new_password\": \"katana-unicorn-7\"}",
            401,
            400,
            400,
            400),
        // The service of this test sends no e-mails.
        new Rule(
            "recoverPassword",
            "POST /password-recovery",
            JSON,
            "{\"email\": \"{email}\"}",
            503,
            503,
            503,
            503),
        new Rule(
            "recoverPasswordOfUser",
            "POST /users/{user_id}/password-recovery",
            "",
            "",
            401,
            403,
            403,
            503),
        new Rule(
            "sendEmailVerification",
            "POST /users/me/email-verification",
            "",
            "",
            401,
            503,
            503,
            503),
        new Rule(
            "resetPassword",
            "POST /password-reset",
            JSON,
            "{\"token\": \"none\", \"new_password\": \"" + PASSWORD + "\"}",
            400,
            400,
            400,
            400),
        new Rule(
            "verifyEmail",
            "POST /email-verification",
            JSON,
            "{\"token\": \"none\"}",
            400,
            400,
            400,
            400),
        new Rule(
            "undoEmailChange",
            "POST /email-change-undo",
            JSON,
            "{\"token\": \"none\"}",
            400,
            400,
            400,
            400),
        new Rule("exportAccount", "GET /users/me/export", "", "", 401, 200, 200, 200),
        new Rule("getSessions", "GET /users/me/sessions", "", "", 401, 200, 200, 200),
        new Rule("endSession", "DELETE /users/me/sessions/" + SESSION, "", "", 401, 404, 404, 404),
        new Rule("endOtherSessions", "DELETE /users/me/sessions", "", "", 401, 204, 204, 204),
        new Rule(
            "endSessionsOfUser", "DELETE /users/{user_id}/sessions", "", "", 401, 403, 403, 204),
        new Rule("getUser", "GET /users/{user_id}", "", "", 401, 404, 200, 200),
        new Rule(
            "replaceUser",
            "PUT /users/{user_id}",
            JSON,
            "{\"first_name\": \"x\"}",
            401,
            404,
            200,
            200),
        new Rule(
            "updateUser",
            "PATCH /users/{user_id}",
            JSON,
            "{\"first_name\": \"x\"}",
            401,
            404,
            200,
            200),
        new Rule(
            "updateUser",
            "PATCH /users/{user_id}",
            JSON,
            "{\"is_active\": true}",
            401,
            404,
            403,
            200),
        new Rule(
            "replaceUser",
            "PUT /users/{user_id}",
            JSON,
            "{\"is_admin\": false}",
            401,
            404,
            403,
            200),
        new Rule("deleteUser", "DELETE /users/{user_id}", "", "", 401, 404, 204, 204),
        new Rule(
            "createItemForUser",
            "POST /users/{user_id}/items/",
            JSON,
            "{\"title\": \"x\"}",
            401,
            404,
            201,
            201),
        new Rule("listItemsOfUser", "GET /users/{user_id}/items/", "", "", 401, 200, 200, 200),
        new Rule("createItem", "POST /items/", JSON, "{\"title\": \"x\"}", 401, 201, 201, 201),
        new Rule(
            "createItems", "POST /items/batch", JSON, "[{\"title\": \"x\"}]", 401, 201, 201, 201),
        new Rule("exportItems", "GET /items/export", "", "", 401, 200, 200, 200),
        new Rule("listItems", "GET /items/", "", "", 401, 200, 200, 200),
        new Rule("getItem", "GET /items/{private_id}", "", "", 401, 404, 200, 200),
        new Rule("getItem", "GET /items/{public_id}", "", "", 401, 200, 200, 200),
        new Rule(
            "replaceItem",
            "PUT /items/{private_id}",
            JSON,
            "{\"title\": \"x\"}",
            401,
            404,
            200,
            200),
        new Rule(
            "replaceItem",
            "PUT /items/{public_id}",
            JSON,
            "{\"title\": \"x\"}",
            401,
            403,
            200,
            200),
        new Rule(
            "updateItem",
            "PATCH /items/{private_id}",
            JSON,
            "{\"title\": \"x\"}",
            401,
            404,
            200,
            200),
        new Rule(
            "updateItem",
            "PATCH /items/{public_id}",
            JSON,
            "{\"title\": \"x\"}",
            401,
            403,
            200,
            200),
        new Rule("deleteItem", "DELETE /items/{private_id}", "", "", 401, 404, 204, 204),
        new Rule("deleteItem", "DELETE /items/{public_id}", "", "", 401, 403, 204, 204),
        new Rule("issueToken", "POST /token", FORM, "grant_type=magic", 400, 400, 400, 400),
        new Rule("revokeToken", "POST /token/revoke", FORM, "token=none", 200, 200, 200, 200),
        new Rule("getSigningKeys", "GET /.well-known/jwks.json", "", "", 200, 200, 200, 200),
        new Rule("explainProblem", "GET /problems/not-found", "", "", 200, 200, 200, 200));
  }

  @Test
  void every_operation_has_an_access_rule() throws IOException {
    Set<String> operations = new HashSet<>();
    JsonNode description = new ObjectMapper().readTree(get("/openapi.json").extract().asString());
    for (JsonNode path : description.get("paths")) {
      path.forEach(operation -> operations.add(operation.get("operationId").asText()));
    }
    assertEquals(operations, rules().stream().map(Rule::operation).collect(toSet()));
  }

  @Test
  void the_description_declares_which_operations_need_a_token() throws IOException {
    JsonNode description = new ObjectMapper().readTree(get("/openapi.json").extract().asString());
    Set<String> secured = new HashSet<>();
    for (JsonNode path : description.get("paths")) {
      path.forEach(operation -> {
        if (operation.at("/security/0").has("oauth2")) {
          secured.add(operation.get("operationId").asText());
        }
      });
    }
    assertEquals(
        rules().stream().filter(rule -> !rule.isForAnyone()).map(Rule::operation).collect(toSet()),
        secured);
    assertEquals(
        "/token",
        description.at("/components/securitySchemes/oauth2/flows/password/tokenUrl").asText());
  }

  /** The resources that callers try to access. */
  private record Target(Person owner, long privateId, long publicId) {

    static Target create() {
      Person owner = newPerson();
      return new Target(owner, newItem(owner, "private"), newItem(owner, "public"));
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void an_operation_is_allowed_only_for_its_callers(Rule rule) {
    Target target = Target.create();
    for (String caller : List.of("anonymous", "stranger", "owner", "admin")) {
      Response response = send(rule, requestOf(caller, target), target);
      assertEquals(statusFor(caller, rule), response.statusCode(), caller + response.asString());
      if (response.statusCode() == 401) {
        assertEquals("Bearer", response.header("WWW-Authenticate"));
        assertEquals("application/problem+json", response.contentType());
      }
      if (response.statusCode() == 204) {
        target = Target.create(); // The previous one was deleted.
      }
    }
  }

  private static RequestSpecification requestOf(String caller, Target target) {
    return switch (caller) {
      case "anonymous" -> RestAssured.given();
      case "stranger" -> as(stranger());
      case "owner" -> as(target.owner);
      default -> as(admin());
    };
  }

  private static int statusFor(String caller, Rule rule) {
    return switch (caller) {
      case "anonymous" -> rule.anonymous;
      case "stranger" -> rule.stranger;
      case "owner" -> rule.owner;
      default -> rule.admin;
    };
  }

  @Test
  void an_invalid_token_is_rejected() throws Exception {
    Target target = Target.create();
    Map<String, String> tokens = new TokenForger(target.owner.accessToken()).forgeries();
    for (Rule rule : rules()) {
      tokens.forEach((error, token) -> assertRejected(rule, error, token, target));
    }
  }

  @Test
  void the_token_of_a_deleted_user_is_invalid() {
    Target target = Target.create();
    Person deactivated = newPerson();
    Person deleted = newPerson();
    patch("/users/" + deactivated.id(), Map.of("is_active", false)).statusCode(200);
    delete("/users/" + deleted.id()).statusCode(204);
    for (var user : Map.of("deactivated", deactivated, "deleted", deleted).entrySet()) {
      String token = user.getValue().accessToken();
      awaitRevocation(token);
      rules().forEach(rule -> assertRejected(rule, user.getKey(), token, target));
    }
  }

  /** An invalid token is rejected if the operation needs a token, and ignored if not. */
  private static void assertRejected(Rule rule, String error, String token, Target target) {
    Response response = send(rule, as(token), target);
    assertEquals(rule.anonymous, response.statusCode(), rule + ", " + error);
    if (response.statusCode() == 401) {
      assertEquals("Bearer error=\"invalid_token\"", response.header("WWW-Authenticate"), error);
    }
  }

  private static Response send(Rule rule, RequestSpecification request, Target target) {
    int space = rule.request.indexOf(' ');
    String path =
        rule.request
            .substring(space + 1)
            .replace("{user_id}", Long.toString(target.owner.id()))
            .replace("{private_id}", Long.toString(target.privateId))
            .replace("{public_id}", Long.toString(target.publicId));
    if (!rule.body.isEmpty()) {
      request.contentType(rule.mediaType).body(rule.body.replace("{email}", newEmail()));
    }
    return request.request(rule.request.substring(0, space), path);
  }

  /** Returns the token of an admin of this test, because a rule ends all other sessions. */
  private static synchronized String admin() {
    if (admin == null) {
      Person person = newPerson();
      patch("/users/" + person.id(), Map.of("is_admin", true)).statusCode(200);
      admin = accessToken(person.email(), PASSWORD);
    }
    return admin;
  }

  private static synchronized Person stranger() {
    if (stranger == null) {
      stranger = newPerson();
    }
    return stranger;
  }
}
