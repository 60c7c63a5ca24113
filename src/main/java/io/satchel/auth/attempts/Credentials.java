package io.satchel.auth.attempts;

/** What a user proves an identity with. */
public record Credentials(long userId, String passwordHash, boolean isActive) {

  /** Returns the name under which failed attempts of the user are counted. */
  public String attempts() {
    return "log-in of user " + userId;
  }

  @Override
  public String toString() { // Without the hash.
    return "Credentials of user " + userId;
  }
}
