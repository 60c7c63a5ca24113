package io.satchel.auth;

import java.util.Optional;
import java.util.UUID;

/**
 * Finds accounts. The users package implements it, so that authentication does not depend on users,
 * which depend on {@link Caller}.
 */
public interface Accounts {

  /** Returns the account with the given e-mail address or username, ignoring case. */
  Optional<Account> findByLogin(String login);

  Optional<Account> findById(long id);

  /** Returns the account, and prevents changes of it until the transaction ends. */
  Optional<Account> findLocked(long id);

  /** Returns the status of the user who owns a token family, if the family exists. */
  Optional<AccountStatus> findStatus(UUID tokenFamily);

  /** Replaces a password hash, unless it is no longer the expected one. */
  void replacePasswordHash(long id, String expected, String replacement);
}
