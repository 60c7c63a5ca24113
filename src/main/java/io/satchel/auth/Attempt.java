package io.satchel.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.satchel.auth.Audit.Action;
import io.satchel.data.Sha256;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * An attempt to prove who one is, by a password.
 *
 * @param action what for
 * @param who the id of the user who makes it, null where that is what it is to prove
 * @param account whose password it has to be, if there is anybody
 * @param name what it is counted by, wherever it is made from
 * @param address where it is made from
 * @param isKnown whether the account has logged in from there before
 */
record Attempt(
    Action action,
    Long who,
    Optional<Account> account,
    String name,
    String address,
    boolean isKnown) {

  /** To log in. A login that nobody has is counted too; as a hash, since it may be a secret. */
  static Attempt toLogIn(Optional<Account> account, String login, String address, boolean isKnown) {
    String name = account.map(Attempt::nameOf).orElseGet(() -> "log-in of nobody " + hash(login));
    return new Attempt(Action.LOGIN, null, account, name, address, isKnown);
  }

  /** By who has logged in, to do something that asks for the password again. */
  static Attempt of(Account caller, Action action, String address, boolean isKnown) {
    return new Attempt(action, caller.id(), Optional.of(caller), nameOf(caller), address, isKnown);
  }

  /** The id of the user who it says one is, null where there is no such. */
  Long whom() {
    return account.map(Account::id).orElse(null);
  }

  /** What it is counted by where it is made from. */
  String nameAtAddress() {
    return name + ", " + nameOfAddress();
  }

  /** What it is counted by where it is made from, whoever it says one is. */
  String nameOfAddress() {
    return "log-in from " + address;
  }

  private static String nameOf(Account account) {
    return "log-in of user " + account.id();
  }

  private static String hash(String login) {
    return HexFormat.of().formatHex(Sha256.of(login.toLowerCase(Locale.ROOT).getBytes(UTF_8)));
  }
}
