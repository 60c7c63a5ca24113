package io.satchel.users;

import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.satchel.auth.Caller;
import io.satchel.auth.attempts.Credentials;
import io.satchel.auth.passwords.PasswordHash;
import io.satchel.auth.passwords.PasswordStrength;
import io.satchel.auth.tokens.Session;
import io.satchel.emails.EmailToken;
import io.satchel.platform.persistence.AdvisoryLock;
import io.satchel.platform.persistence.BaseEntity;
import io.satchel.platform.problems.ProblemException;
import io.satchel.platform.problems.ProblemType;
import io.satchel.platform.text.LoginKey;
import jakarta.persistence.Entity;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/**
 * A person who can own items. E-mail addresses and usernames are unique by their {@link LoginKey},
 * and are stored as entered. Only the hash of the password is stored.
 */
@Entity
@Table(name = "users")
public class User extends BaseEntity {

  /**
   * No white space or invisible characters, so that two addresses cannot look the same. No quotes,
   * in which an address could contain characters that mean something else in an e-mail.
   */
  public static final String EMAIL_PATTERN = "[^\\s\\p{Z}\\p{C}\"]*";

  static final String USERNAME_PATTERN = "^[A-Za-z0-9._-]{3,50}$";
  static final String USERNAME_MESSAGE =
      "must be 3 to 50 of the characters a-z, 0-9, '.', '_' and '-'";

  public String email;
  String emailKey;
  public String username;
  String usernameKey;
  public String firstName;
  public String lastName;
  public String passwordHash;
  public boolean isActive = true;
  public boolean isAdmin;

  /** Whether the user has shown that the e-mail address is theirs. */
  public boolean isVerified;

  /** When the user is removed, unless the e-mail address is verified before, or null. */
  public Instant verifyBy;

  /** The address that replaces the e-mail address as soon as it is verified, or null. */
  public String pendingEmail;

  /**
   * Returns the user with the given id, if the caller is that user or an admin.
   *
   * @throws ProblemException 404 if the user does not exist, or the caller may not see it
   */
  public static User findVisible(long id, Caller caller) {
    caller.requireSelfOrAdmin(id, Caller::userNotFound);
    return User.<User>findByIdOptional(id).orElseThrow(() -> caller.userNotFound(id));
  }

  /**
   * Returns the user like {@link #findVisible}, and locks it until the transaction ends, so that
   * concurrent changes are applied one after the other.
   *
   * @throws ProblemException 404 if the user does not exist, or the caller may not see it
   */
  public static User findForUpdate(long id, Caller caller) {
    caller.requireSelfOrAdmin(id, Caller::userNotFound);
    return findLocked(id).orElseThrow(() -> caller.userNotFound(id));
  }

  /** Returns the user with the given e-mail address or username, in any spelling. */
  public static Optional<User> findByLogin(String login) {
    return login.contains("@")
        ? findByEmail(login)
        : find("usernameKey", LoginKey.of(login)).firstResultOptional();
  }

  /** Returns the user with the given e-mail address, in any spelling. */
  public static Optional<User> findByEmail(String email) {
    return byEmail(email).firstResultOptional();
  }

  /**
   * Returns the user with the given e-mail address, in any spelling, and locks it until the
   * transaction ends.
   */
  public static Optional<User> findLockedByEmail(String email) {
    return byEmail(email).withLock(LockModeType.PESSIMISTIC_WRITE).firstResultOptional();
  }

  private static PanacheQuery<User> byEmail(String email) {
    return find("emailKey", LoginKey.of(email));
  }

  /** Replaces a password hash, unless it is no longer the expected one. */
  public static void replacePasswordHash(long id, String expected, String replacement) {
    update("passwordHash = ?1 where id = ?2 and passwordHash = ?3", replacement, id, expected);
  }

  /** Returns the user with the given id, and locks it until the transaction ends. */
  public static Optional<User> findLocked(long id) {
    return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
  }

  /**
   * Returns the hash of a new password. Do not call it in a transaction, because it takes long.
   *
   * @throws ProblemException 422 if the password is easy to guess, 503 if too many requests wait
   *     for a hash
   */
  public String hashNewPassword(String password) {
    PasswordStrength.findWeakness(password, email, username, firstName, lastName)
        .ifPresent(weakness -> {
          throw ProblemException.invalidInput("/new_password", weakness);
        });
    return PasswordHash.of(password);
  }

  /**
   * Replaces the password. It ends all sessions, and takes back what someone who knew the old
   * password may have begun: a change of the address, or a recovery.
   */
  public void replacePassword(String hash) {
    passwordHash = hash;
    pendingEmail = null;
    save();
    endSessionsAndRecovery();
  }

  /**
   * Requires that another active admin exists if this user is one, and lets no other transaction
   * remove one until this one ends.
   *
   * @throws ProblemException 409 if this user is the last active admin
   */
  void requireNotLastAdmin() {
    if (!isActive || !isAdmin) {
      return;
    }
    AdvisoryLock.acquire("active admins");
    if (count("isAdmin and isActive and id <> ?1", id) == 0) {
      throw new ProblemException(ProblemType.LAST_ADMIN);
    }
  }

  /** Records that the user has read an e-mail to the address. */
  public void verifyEmail() {
    isVerified = true;
    verifyBy = null;
  }

  /** Returns what the user logs in with. */
  public Credentials credentials() {
    return new Credentials(id, passwordHash, isActive);
  }

  /**
   * Inserts or updates the user. If the user is not active, all sessions and a recovery end. If
   * another user has the e-mail address or the username, the violated constraint becomes the
   * response ({@link EmailAddresses}).
   */
  public void save() {
    persistAndFlush();
    if (!isActive) {
      endSessionsAndRecovery();
    }
  }

  private void endSessionsAndRecovery() {
    Session.revokeAllOf(id);
    EmailToken.endPasswordRecovery(id, email);
  }

  /** Takes an address away from another user who has not verified it. */
  static void takeUnverified(String email, long ownerId) {
    update(
        "email = concat('user-', cast(id as String), '@invalid'),"
            + " emailKey = concat('user-', cast(id as String), '@invalid')"
            + " where emailKey = ?1 and id <> ?2 and not isVerified",
        LoginKey.of(email),
        ownerId);
  }

  @PrePersist
  @PreUpdate
  void setKeys() {
    emailKey = LoginKey.of(email);
    usernameKey = username == null ? null : LoginKey.of(username);
  }

  /** Deletes the user with all items, which can take longer than other statements may. */
  void deleteWithItems() {
    getEntityManager()
        .createNativeQuery("select set_config('statement_timeout', '1min', true)")
        .getSingleResult();
    delete();
    flush();
  }

  /** Takes over what another sign-up for this address contains, before it was verified. */
  void replaceBy(User signUp) {
    username = signUp.username;
    firstName = signUp.firstName;
    lastName = signUp.lastName;
    verifyBy = signUp.verifyBy;
    replacePassword(signUp.passwordHash);
    EmailToken.deleteAllOf(id);
  }

  /**
   * Requires that no user has the username, except for the given one.
   *
   * @param owner the id of a user, or null
   * @throws ProblemException 400 if another user has it
   */
  void requireFreeUsername(Long owner) {
    if (username != null
        && findByLogin(username).filter(user -> !user.id.equals(owner)).isPresent()) {
      throw usernameTaken();
    }
  }

  static ProblemException usernameTaken() {
    return ProblemException.taken("/username", "Username already exists");
  }
}
