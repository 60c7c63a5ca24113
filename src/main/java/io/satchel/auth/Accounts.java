package io.satchel.auth;

import java.util.Optional;
import java.util.UUID;

/**
 * Knows who can log in. The package that keeps users implements it, so that this one need not know
 * of users, as users know of callers.
 */
public interface Accounts {

  /** The account with that e-mail address or username, in whatever case it is written. */
  Optional<Account> withLogin(String login);

  Optional<Account> withId(long id);

  /** The account with that id, whose password nobody changes until this transaction ends. */
  Optional<Account> toLogIn(long id);

  /** How the user stands who logged in with that family of tokens, as long as it is there. */
  Optional<Standing> standingOf(UUID family);

  /** Replaces the hash of a password, if it has not been replaced meanwhile. */
  void renewPasswordHash(long id, String old, String renewed);
}
