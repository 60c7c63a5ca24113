package io.satchel.login;

import io.satchel.auth.AuditLog.Action;
import io.satchel.platform.crypto.Digests;
import io.satchel.users.User;
import java.util.Optional;

/**
 * An attempt to prove an identity with a password.
 *
 * @param action what the password is needed for
 * @param callerId the id of the caller, or null for a log-in
 * @param user the user whose password is expected, if there is one
 * @param userKey the name under which failures of the user are counted
 * @param network the network of the client
 * @param isKnownNetwork whether the user has logged in from there before
 */
record AuthenticationAttempt(
    Action action,
    Long callerId,
    Optional<User> user,
    String userKey,
    String network,
    boolean isKnownNetwork) {

  /**
   * Returns a log-in attempt. Failures of an unknown login are counted too, under a hash of it:
   * users sometimes enter a password in the wrong field.
   */
  static AuthenticationAttempt login(
      Optional<User> user, String login, String network, boolean isKnownNetwork) {
    String key =
        user.map(User::loginAttempts)
            .orElseGet(() -> "log-in without user " + Digests.fingerprint(login));
    return new AuthenticationAttempt(Action.LOGIN, null, user, key, network, isKnownNetwork);
  }

  /** Returns the attempt of a caller to confirm an action with the current password. */
  static AuthenticationAttempt confirmation(
      User caller, Action action, String network, boolean isKnownNetwork) {
    return new AuthenticationAttempt(
        action, caller.id, Optional.of(caller), caller.loginAttempts(), network, isKnownNetwork);
  }

  /** Returns the id of the user, or null if there is none. */
  Long userId() {
    return user.map(found -> found.id).orElse(null);
  }

  /** Returns the name under which failures of the user from this network are counted. */
  String userAtNetworkKey() {
    return userKey + ", " + networkKey();
  }

  /** Returns the name under which failures from this network are counted. */
  String networkKey() {
    return "log-in from " + network;
  }
}
