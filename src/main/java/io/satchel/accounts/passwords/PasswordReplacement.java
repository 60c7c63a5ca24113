package io.satchel.accounts.passwords;

import io.satchel.auth.passwords.PasswordHash;
import io.satchel.auth.passwords.PasswordStrength;
import io.satchel.platform.problems.ProblemException;
import io.satchel.users.User;

/** A password that replaces that of a user. */
final class PasswordReplacement {

  private PasswordReplacement() {}

  /**
   * Returns the hash of the new password. Do not call it in a transaction, because it takes long.
   *
   * @throws ProblemException 422 if the password is easy to guess, 503 if too many requests wait
   *     for a hash
   */
  static String hash(String password, User user) {
    PasswordStrength.findWeakness(
            password, user.email, user.username, user.firstName, user.lastName)
        .ifPresent(weakness -> {
          throw ProblemException.invalidInput("/new_password", weakness);
        });
    return PasswordHash.of(password);
  }
}
