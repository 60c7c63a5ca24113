package io.satchel.users;

import io.satchel.data.Stored;
import io.satchel.data.Violations;
import io.satchel.http.Cursor;
import io.satchel.http.Problem;
import jakarta.persistence.Entity;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.util.List;
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

  /**
   * The user with that id.
   *
   * @throws Problem when there is none
   */
  public static User withId(long id) {
    return User.<User>findByIdOptional(id).orElseThrow(User::notFound);
  }

  /**
   * The user with that id, whom nobody else changes until this transaction ends: of two changes at
   * the same moment, the second starts from what the first left.
   *
   * @throws Problem when there is none
   */
  static User toChange(long id) {
    return User.<User>findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
        .orElseThrow(User::notFound);
  }

  /** The users after the cursor, by id. */
  static List<User> list(Cursor after, int skip, int limit) {
    return User.<User>find("id > ?1 order by id", Cursor.idOf(after))
        .range(skip, skip + limit - 1)
        .list();
  }

  /** Deletes the user with that id, and the user's items with it: the database sees to those. */
  static void delete(long id) {
    if (delete("id", id) == 0) {
      throw notFound();
    }
  }

  /**
   * Writes what was changed.
   *
   * @throws Problem when another user has the e-mail address or the username
   */
  void save() {
    try {
      persistAndFlush();
    } catch (ConstraintViolationException e) {
      throw switch (Violations.constraintOf(e)) {
        case "users_email_key" -> Problem.taken("/email", "Email already registered");
        case "users_username_key" -> Problem.taken("/username", "Username already exists");
        default -> e;
      };
    }
  }

  /** What is answered for a user who does not exist. */
  public static Problem notFound() {
    return Problem.notFound("User not found");
  }
}
