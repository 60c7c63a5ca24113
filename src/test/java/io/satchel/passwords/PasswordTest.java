package io.satchel.passwords;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.password4j.Argon2Function;
import org.junit.jupiter.api.Test;

class PasswordTest {

  @Test
  void a_hash_says_in_phc_how_it_was_made() {
    assertThat(
        Password.hash("chimichangas4life"),
        matchesPattern(
            "\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}"));
  }

  @Test
  void a_hash_verifies_by_what_it_says() {
    String hash = Password.hash("naïve café 😀");
    assertTrue(
        com.password4j.Password.check("naïve café 😀", hash)
            .with(Argon2Function.getInstanceFromHash(hash)));
  }

  @Test
  void the_same_password_never_has_the_same_hash() {
    assertNotEquals(Password.hash("chimichangas4life"), Password.hash("chimichangas4life"));
  }

  @Test
  void a_hash_of_nobody_costs_what_others_do_and_no_password_has_it() {
    assertFalse(Password.isWeak(Password.HASH_OF_NOBODY));
    assertFalse(Password.matches("", Password.HASH_OF_NOBODY));
    assertFalse(Password.matches("chimichangas4life", Password.HASH_OF_NOBODY));
  }

  @Test
  void what_is_too_long_to_be_a_password_is_none() {
    String hash = Password.hash("chimichangas4life");
    assertFalse(Password.matches("\u0301\u0316".repeat(16_000), hash));
  }
}
