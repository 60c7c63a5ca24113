package io.satchel.auth.login;

import io.satchel.auth.Account;
import io.satchel.auth.AuditLog.Action;
import io.satchel.platform.crypto.Digests;
import java.util.Optional;

/**
 * An attempt to prove an identity with a password.
 *
 * @param action what the password is needed for
 * @param callerId the id of the caller, or null for a log-in
 * @param account the account whose password is expected, if it exists
 * @param accountKey the name under which failures of the account are counted
 * @param address the address or network of the client
 * @param isKnownAddress whether the account has logged in from there before
 */
record AuthenticationAttempt(
    Action action,
    Long callerId,
    Optional<Account> account,
    String accountKey,
    String address,
    boolean isKnownAddress) {

  /**
   * Returns a log-in attempt. Failures of an unknown login are counted too, under a hash of it:
   * users sometimes enter a password in the wrong field.
   */
  static AuthenticationAttempt login(
      Optional<Account> account, String login, String address, boolean isKnownAddress) {
    String key =
        account
            .map(AuthenticationAttempt::accountKey)
            .orElseGet(() -> "log-in without account " + Digests.fingerprint(login));
    return new AuthenticationAttempt(Action.LOGIN, null, account, key, address, isKnownAddress);
  }

  /** Returns the attempt of a caller to confirm an action with the current password. */
  static AuthenticationAttempt confirmation(
      Account caller, Action action, String address, boolean isKnownAddress) {
    return new AuthenticationAttempt(
        action, caller.id(), Optional.of(caller), accountKey(caller), address, isKnownAddress);
  }

  /** Returns the id of the account, or null if it does not exist. */
  Long accountId() {
    return account.map(Account::id).orElse(null);
  }

  /** Returns the name under which failures of the account from this address are counted. */
  String accountAtAddressKey() {
    return accountKey + ", " + addressKey();
  }

  /** Returns the name under which failures from this address are counted. */
  String addressKey() {
    return "log-in from " + address;
  }

  /** Returns the name under which failures of an account are counted. */
  static String accountKey(Account account) {
    return "log-in of user " + account.id();
  }
}
