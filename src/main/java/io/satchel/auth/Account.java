package io.satchel.auth;

/** The part of a user that authentication needs. */
public record Account(long id, String passwordHash, boolean isActive, boolean isAdmin) {

  @Override
  public String toString() { // Without the hash, because it could be logged.
    return "Account " + id;
  }
}
