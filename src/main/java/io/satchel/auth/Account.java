package io.satchel.auth;

/** The part of a user that authentication needs. */
public record Account(
    long id,
    String email,
    String passwordHash,
    boolean isActive,
    boolean isAdmin,
    boolean isVerified) {

  @Override
  public String toString() { // Without the address and the hash.
    return "Account " + id;
  }
}
