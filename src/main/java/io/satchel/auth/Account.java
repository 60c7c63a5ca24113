package io.satchel.auth;

/** What logging in, and being let in, needs to know of a user. */
public record Account(long id, String passwordHash, boolean isActive, boolean isAdmin) {

  @Override
  public String toString() { // without the hash
    return "Account " + id;
  }
}
