package io.satchel.auth.passwords;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import com.password4j.Argon2Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

@Execution(CONCURRENT)
class PasswordHashTest {

  @Test
  void a_hash_is_a_phc_string_with_its_parameters() {
    assertThat(
        PasswordHash.of("chimichangas4life"),
        matchesPattern(
            "\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}"));
  }

  @Test
  void a_hash_is_verified_with_its_own_parameters() {
    String hash = PasswordHash.of("naïve café 😀");
    assertTrue(
        com.password4j.Password.check("naïve café 😀", hash)
            .with(Argon2Function.getInstanceFromHash(hash)));
  }

  @Test
  void equal_passwords_have_different_hashes() {
    assertNotEquals(PasswordHash.of("chimichangas4life"), PasswordHash.of("chimichangas4life"));
  }

  @Test
  void the_hash_without_an_account_costs_the_same_and_matches_no_password() {
    assertFalse(PasswordHash.isOutdated(PasswordHash.DUMMY));
    assertFalse(PasswordHash.matches("", PasswordHash.DUMMY));
    assertFalse(PasswordHash.matches("chimichangas4life", PasswordHash.DUMMY));
  }

  @Test
  void text_that_is_too_long_is_not_a_password() {
    String hash = PasswordHash.of("chimichangas4life");
    assertFalse(PasswordHash.matches("\u0301\u0316".repeat(16_000), hash));
  }
}
