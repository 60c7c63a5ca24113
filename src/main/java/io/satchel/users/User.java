package io.satchel.users;

import io.satchel.auth.Account;
import io.satchel.auth.Caller;
import io.satchel.auth.Standing;
import io.satchel.auth.TokenFamily;
import io.satchel.data.Stored;
import io.satchel.data.Violations;
import io.satchel.http.Problem;
import jakarta.persistence.Entity;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/**
 * Somebody who can own items. No two users share an e-mail address or a username, in whatever case
 * they are written; both are kept as they were written. The password is kept as a hash alone.
 */
@Entity
@Table(name = "users")
public class User extends Stored {

  public String email;
  public String username;
  public String firstName;
  public String lastName;
  public String passwordHash;
  public boolean isActive = true;
  public boolean isAdmin;

  /**
   * The user with that id, for a caller who is that user, or an admin.
   *
   * @throws Problem when there is none, and to other callers
   */
  public static User withId(long id, Caller caller) {
    caller.requireSelf(id, User::notFound);
    return User.<User>findByIdOptional(id).orElseThrow(() -> notFound(id, caller));
  }

  /**
   * The same, whom nobody else changes until this transaction ends: of two changes at the same
   * moment, the second starts from what the first left.
   *
   * @throws Problem when there is none, and to other callers
   */
  static User toChange(long id, Caller caller) {
    caller.requireSelf(id, User::notFound);
    return User.<User>findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
        .orElseThrow(() -> notFound(id, caller));
  }

  /** The user with that e-mail address or that username, in whatever case it is written. */
  static Optional<User> withLogin(String login) {
    return login.contains("@")
        ? withEmail(login)
        : find("lower(username) = lower(?1)", login).firstResultOptional();
  }

  /** The user with that e-mail address, in whatever case it is written. */
  static Optional<User> withEmail(String email) {
    return find("lower(email) = lower(?1)", email).firstResultOptional();
  }

  /** How the user stands who logged in with that family of tokens, as long as it is there. */
  static Optional<Standing> standingOf(UUID family) {
    return find(
            "select u.id, u.isActive, u.isAdmin from User u join TokenFamily f on f.userId = u.id"
                + " where f.id = ?1",
            family)
        .project(Standing.class)
        .firstResultOptional();
  }

  /** Replaces the hash of a password, if it has not been replaced meanwhile. */
  static void renewPasswordHash(long id, String old, String renewed) {
    update("passwordHash = ?1 where id = ?2 and passwordHash = ?3", renewed, id, old);
  }

  /** What logging in needs to know. */
  Account account() {
    return new Account(id, passwordHash, isActive, isAdmin);
  }

  /**
   * Writes what was changed. A user who is not active has no tokens.
   *
   * @throws Problem when another user has the e-mail address or the username
   */
  void save() {
    try {
      persistAndFlush();
      if (!isActive) {
        TokenFamily.endAllOf(id);
      }
    } catch (ConstraintViolationException e) {
      throw switch (Violations.constraintOf(e)) {
        case "users_email_key" -> Problem.taken("/email", "Email already registered");
        case "users_username_key" -> Problem.taken("/username", "Username already exists");
        default -> e;
      };
    }
  }

  /** What is answered for a user who does not exist; to oneself, that one's token has ended. */
  public static Problem notFound(long id, Caller caller) {
    return caller.id() == id ? Caller.ended() : notFound();
  }

  /** What is answered for a user who does not exist, or not for the caller. */
  public static Problem notFound() {
    return Problem.notFound("User not found");
  }
}
