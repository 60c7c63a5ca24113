package io.satchel.users;

import io.satchel.auth.Account;
import io.satchel.auth.Accounts;
import io.satchel.auth.Standing;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

@Singleton
class UserAccounts implements Accounts {

  @Override
  @Transactional
  public Optional<Account> withLogin(String login) {
    return User.withLogin(login).map(User::account);
  }

  @Override
  @Transactional
  public Optional<Account> withId(long id) {
    return User.<User>findByIdOptional(id).map(User::account);
  }

  @Override
  @Transactional
  public Optional<Account> toLogIn(long id) {
    return User.<User>findByIdOptional(id, LockModeType.PESSIMISTIC_READ).map(User::account);
  }

  @Override
  @Transactional
  public Optional<Standing> standingOf(UUID family) {
    return User.standingOf(family);
  }

  @Override
  @Transactional
  public void renewPasswordHash(long id, String old, String renewed) {
    User.renewPasswordHash(id, old, renewed);
  }
}
