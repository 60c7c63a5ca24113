package io.satchel.users;

import io.satchel.auth.Account;
import io.satchel.auth.AccountStatus;
import io.satchel.auth.Accounts;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** Lets authentication find users. */
@Singleton
class UserAccounts implements Accounts {

  @Override
  @Transactional
  public Optional<Account> findByLogin(String login) {
    return User.findByLogin(login).map(User::account);
  }

  @Override
  @Transactional
  public Optional<Account> findById(long id) {
    return User.<User>findByIdOptional(id).map(User::account);
  }

  @Override
  @Transactional
  public Optional<Account> findLocked(long id) {
    return User.findLocked(id).map(User::account);
  }

  @Override
  @Transactional
  public Optional<AccountStatus> findStatus(UUID tokenFamily) {
    return User.findStatus(tokenFamily);
  }

  @Override
  @Transactional
  public void replacePasswordHash(long id, String expected, String replacement) {
    User.replacePasswordHash(id, expected, replacement);
  }
}
