package io.satchel.auth.attempts;

import io.satchel.auth.AuditLog.Action;
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
    Optional<Credentials> user,
    String userKey,
    String network,
    boolean isKnownNetwork) {

  /**
   * Returns a log-in attempt. Failures of an unknown login are counted too, under its fingerprint:
   * users sometimes enter a password in the wrong field.
   */
  static AuthenticationAttempt login(
      Optional<Credentials> user, String fingerprint, String network, boolean isKnownNetwork) {
    String key =
        user.map(Credentials::attempts).orElseGet(() -> "log-in without user " + fingerprint);
    return new AuthenticationAttempt(Action.LOGIN, null, user, key, network, isKnownNetwork);
  }

  /** Returns the attempt of a caller to confirm an action with the current password. */
  static AuthenticationAttempt confirmation(
      Credentials caller, Action action, String network, boolean isKnownNetwork) {
    return new AuthenticationAttempt(
        action, caller.userId(), Optional.of(caller), caller.attempts(), network, isKnownNetwork);
  }

  /** Returns the id of the user, or null if there is none. */
  Long userId() {
    return user.map(Credentials::userId).orElse(null);
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
