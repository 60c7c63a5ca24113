package io.satchel.users;

import static io.satchel.Api.PASSWORD;
import static io.satchel.Api.logIn;
import static io.satchel.Api.post;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two spellings of an e-mail address or a name are the same. */
@QuarkusTest
class SpellingsTest {

  @ParameterizedTest
  @CsvSource({
    "%s@bücher.example, %s@xn--bcher-kva.example",
    "%s@BÜCHER.example, %s@bücher.example",
    "%s@bu\u0308cher.example, %s@bücher.example",
    "%s@faß.example, %s@xn--fa-hia.example",
    "%s@例え。example, %s@例え.example",
    "caf\u00e9.%s@example.com, cafe\u0301.%s@EXAMPLE.com",
    "straße.%s@example.com, STRASSE.%s@example.com",
    "i\u0307%s@example.com, \u0130%s@example.com",
    "\u03c3\u03c2.%s@example.com, \u03a3\u03a3.%s@example.com",
    "A.%s@example.com, a.%s@example.com",
  })
  void addresses_with_the_same_key_belong_to_one_user(String one, String other) {
    String unique = UUID.randomUUID().toString();
    String email = one.formatted(unique);
    String again = other.formatted(unique);
    signUp(email, 201);
    signUp(again, 400);
    logIn(again, PASSWORD).statusCode(200);
    logIn(email, PASSWORD).statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({
    "%s@faß.example, %s@fass.example",
    "\u0131%s@example.com, i%s@example.com",
    "\u0130%s@example.com, i%s@example.com",
    "a.b.%s@example.com, ab.%s@example.com",
    "a+b.%s@example.com, a.%s@example.com",
  })
  void addresses_with_different_keys_do_not(String one, String other) {
    String unique = UUID.randomUUID().toString();
    signUp(one.formatted(unique), 201);
    signUp(other.formatted(unique), 201);
  }

  @Test
  void names_and_titles_are_stored_composed() {
    String email = UUID.randomUUID() + "@example.com";
    post("/users/", Map.of("email", email, "password", PASSWORD, "first_name", "Ame\u0301lie"))
        .statusCode(201)
        .body("first_name", equalTo("Am\u00e9lie"));
    post("/items/", Map.of("title", "cafe\u0301", "description", "cafe\u0301"))
        .statusCode(201)
        .body("title", equalTo("caf\u00e9"))
        .body("description", equalTo("cafe\u0301"));
    post("/items/", Map.of("title", "e\u0301".repeat(200))).statusCode(201);
    post("/items/", Map.of("title", "\u0958".repeat(101))).statusCode(422); // Two in NFC.
    post("/items/", Map.of("title", "😀".repeat(200))).statusCode(201);
  }

  private static void signUp(String email, int status) {
    post("/users/", Map.of("email", email, "password", PASSWORD)).statusCode(status);
  }
}
